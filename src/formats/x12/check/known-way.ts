import type { DecodedSegment } from '../decoded-segment.js'
import type { Guide } from '../guide/guide.js'
import type { Findings } from './findings.js'
import type { SegmentRule } from './segment-rule.js'
import { TableWalk } from './table-walk.js'

/** Far more than a set comes to in the files of one partner; the others are walked with care each time. */
const MOST_POINTS = 4096
/** Loops within loops; no table has so many. */
const MOST_OPEN = 64
/** No set has so many segments; not Infinity, so that counts are compared as small integers. */
const NO_LIMIT = 0x3fffffff

/**
 * The way of a transaction set through its table. Nearly all sets go where others went before: such a step is looked up, by where the
 * walk is and which segment comes. A set that leaves the known way is walked from its start with care, and what of that is certain
 * for any set is known from then on. Both say the same.
 */
export class KnownWay {
  readonly #careful: TableWalk
  readonly #start = new WayPoint(undefined)
  /** By what the walk says of where it is. */
  readonly #points = new Map<string, WayPoint>()
  /** How often the segment met last in each open loop was there. */
  readonly #counts = new Int32Array(MOST_OPEN)
  #segments: readonly DecodedSegment[] = []
  #findings: Findings | undefined
  /** How many segments were taken. */
  #taken = 0
  /** Where on the known way it is; what is certain of the way was all that came so far. */
  #at: WayPoint | undefined
  #isCareful = false

  constructor(guide: Guide) {
    this.#careful = new TableWalk(guide)
  }

  /** A transaction set begins. */
  begin(segments: readonly DecodedSegment[], findings: Findings): void {
    this.#segments = segments
    this.#findings = findings
    this.#taken = 0
    this.#at = this.#start
    this.#isCareful = false
    this.#counts[0] = 0
    findings.askForLoop(this.#loopName)
  }

  /** What to hold the elements of the next segment against; undefined when nothing is known of such a segment. */
  take({ shape }: DecodedSegment): SegmentRule | undefined {
    const { idNumber } = shape
    this.#taken++
    if (this.#isCareful) return this.#takeCarefully()
    let step = (this.#at as WayPoint).steps
    while (step !== undefined && step.idNumber !== idNumber) step = step.next
    if (step === undefined || !this.#count(step)) {
      this.#walkAgain(this.#taken - 1)
      return this.#takeCarefully()
    }
    this.#at = step.to
    return step.rule
  }

  /** The transaction set is over. */
  end(): void {
    if (!this.#isCareful) {
      if ((this.#at as WayPoint).mayEnd) return
      this.#walkAgain(this.#taken)
    }
    if (this.#isCertain(() => this.#careful.end()) && this.#at !== undefined) this.#at.mayEnd = true
  }

  /** False where the place is full. */
  #count({ level, isAgain, most }: WayStep): boolean {
    const counts = this.#counts
    const before = isAgain ? (counts[level] as number) : 0
    if (before >= most) return false
    counts[level] = before + 1
    // Of the loop that it may open.
    counts[level + 1] = 1
    return true
  }

  /** With care, so many segments in which there was nothing to find. */
  #walkAgain(count: number): void {
    this.#isCareful = true
    this.#careful.begin(this.#findings as Findings)
    for (let n = 0; n < count; n++) this.#careful.take(this.#segments[n] as DecodedSegment, n + 1)
  }

  #takeCarefully(): SegmentRule | undefined {
    const segment = this.#segments[this.#taken - 1] as DecodedSegment
    let rule: SegmentRule | undefined
    const isCertain = this.#isCertain(() => {
      rule = this.#careful.take(segment, this.#taken)
    })
    this.#at = isCertain && rule !== undefined ? this.#learned(segment, rule) : undefined
    return rule
  }

  /** Whether what was done would be the same in any set that came the same way, and nothing was found. */
  #isCertain(walk: () => void): boolean {
    const { list } = this.#findings as Findings
    const before = list.length
    walk()
    return list.length === before && this.#careful.isCertain
  }

  /** Where the step leads that was just taken with care. */
  #learned({ idNumber }: DecodedSegment, rule: SegmentRule): WayPoint | undefined {
    if (this.#at === undefined) return undefined
    const known = this.#at.to(idNumber)
    if (known !== undefined) return known
    const { whereabouts, accepted, loopName } = this.#careful
    const { level, isAgain, most } = accepted
    if (whereabouts === undefined || level + 1 >= MOST_OPEN || this.#points.size === MOST_POINTS) return undefined
    const to = this.#points.get(whereabouts) ?? new WayPoint(loopName)
    this.#points.set(whereabouts, to)
    this.#at.add(new WayStep(idNumber, rule, level, isAgain, Math.min(most, NO_LIMIT), to))
    return to
  }

  readonly #loopName = (): string | undefined => (this.#isCareful ? this.#careful.loopName : this.#at?.loopName)
}

/** Which loops are open, and how far each is. */
class WayPoint {
  /** As a finding has it. */
  readonly loopName: string | undefined
  /** The oldest first, which most take; no more than there are ids in the table. */
  steps: WayStep | undefined
  /** Nothing is missing where the set ends here. */
  mayEnd = false

  constructor(loopName: string | undefined) {
    this.loopName = loopName
  }

  add(step: WayStep): void {
    if (this.steps === undefined) this.steps = step
    else {
      let last = this.steps
      while (last.next !== undefined) last = last.next
      last.next = step
    }
  }

  to(idNumber: number): WayPoint | undefined {
    let step = this.steps
    while (step !== undefined && step.idNumber !== idNumber) step = step.next
    return step?.to
  }
}

/** Where a segment leads. */
class WayStep {
  readonly idNumber: number
  readonly rule: SegmentRule
  /** How many loops are around its place. */
  readonly level: number
  /** The segment met last in that loop stood at the same place. */
  readonly isAgain: boolean
  /** How often it may stand there. */
  readonly most: number
  readonly to: WayPoint
  next: WayStep | undefined = undefined

  constructor(idNumber: number, rule: SegmentRule, level: number, isAgain: boolean, most: number, to: WayPoint) {
    this.idNumber = idNumber
    this.rule = rule
    this.level = level
    this.isAgain = isAgain
    this.most = most
    this.to = to
  }
}
