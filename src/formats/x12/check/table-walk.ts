import type { DecodedSegment } from '../decoded-segment.js'
import type { Entry, Guide, Loop } from '../guide/guide.js'
import { text } from '../transaction.js'
import type { X12Finding } from '../x12-finding.js'
import { Findings } from './findings.js'
import { Frame } from './frame.js'
import { ruleOf, type SegmentRule } from './segment-rule.js'

export interface Accepted {
  /** How many loops are around its place. */
  readonly level: number
  /** The segment before it in that loop stood at the same place. */
  readonly isAgain: boolean
  /** How often a segment may stand there. */
  readonly most: number
}

/**
 * Follows the segments of one transaction set through its table. Each segment goes to the nearest place that can take it: first in
 * the innermost open loop, from where that is on, then in the loops around it. One that has no place is told and leaves the walk
 * where it was; if it opens a loop, or stands in one that is not open, that loop is entered, so that what follows it finds its place.
 */
export class TableWalk {
  readonly #guide: Guide
  /** Loops that were open, each with a number of its own. */
  readonly #numbers = new Map<Loop, number>()
  #findings: Findings
  /** Kept for reuse beyond the open ones. */
  readonly #frames: Frame[] = []
  #open = 0
  #lastMisplaced = ''
  /** Every open loop stands in the one before it: no segment was misplaced so far. */
  #orderly = true
  #isCertain = false
  #accepted: Accepted = { level: 0, isAgain: false, most: 0 }

  constructor(guide: Guide) {
    this.#guide = guide
    this.#findings = new Findings(guide.version)
  }

  /** The last step depends on nothing but where the walk was, how often the place was taken, and which segment came. */
  get isCertain(): boolean {
    return this.#isCertain
  }

  /** Where the last segment that has a place went. */
  get accepted(): Accepted {
    return this.#accepted
  }

  /** Which loops are open and how far each is, as a text; undefined within LS and LE, where more counts than that. */
  get whereabouts(): string | undefined {
    const open = this.#frames.slice(0, this.#open)
    if (open.some(({ loop }) => loop.bounded)) return undefined
    return open.map(({ loop, cursor }) => `${this.#numberOf(loop)}:${cursor}`).join(' ')
  }

  #numberOf(loop: Loop): number {
    const number = this.#numbers.get(loop) ?? this.#numbers.size
    this.#numbers.set(loop, number)
    return number
  }

  /** A transaction set begins. */
  begin(findings: Findings): void {
    this.#findings = findings
    this.#open = 0
    this.#lastMisplaced = ''
    this.#orderly = true
    this.#enter(this.#guide.table)
  }

  /** What to hold the segment's elements against; undefined when nothing is known of such a segment. */
  take(segment: DecodedSegment, position: number): SegmentRule | undefined {
    this.#findings.at(position)
    this.#isCertain = this.#orderly
    const { id } = segment
    let full: { readonly level: number; readonly place: number } | undefined
    for (let level = this.#open - 1; level >= 0; level--) {
      const frame = this.#frames[level] as Frame
      const place = frame.loop.places.get(id)?.find((place) => place >= frame.cursor)
      if (place === undefined) continue
      if (frame.hasRoom(place)) return this.#accept(segment, level, place)
      full ??= { level, place }
      this.#isCertain = false
    }
    if (full === undefined) return this.#late(segment) ?? this.#misplaced(segment)
    const rule = this.#accept(segment, full.level, full.place)
    this.#sayFull((this.#frames[full.level] as Frame).loop.entries[full.place] as Entry)
    return rule
  }

  /** The transaction set is over. */
  end(): void {
    this.#isCertain = this.#orderly
    while (this.#open > 0) this.#leave()
  }

  #accept(segment: DecodedSegment, level: number, place: number): SegmentRule {
    while (this.#open - 1 > level) this.#leave()
    const frame = this.#frames[level] as Frame
    if (place > frame.cursor) this.#pass(frame, place, segment)
    const entry = frame.loop.entries[place] as Entry
    this.#accepted = { level, isAgain: place === frame.cursor, most: entry.max }
    frame.cursor = place
    frame.counts[place] = (frame.counts[place] as number) + 1
    this.#lastMisplaced = ''
    if (entry.mustOccurWith !== undefined) this.#rememberQualifier(segment, frame, place)
    if (entry.loop !== undefined) this.#enterOpened(entry.loop, segment)
    if (entry.unused === true) this.#sayUnused(entry)
    if (entry.id === 'LE' && frame.loop.bounded) this.#checkBounds(segment, frame)
    return ruleOf(entry.segment)
  }

  /**
   * A segment that was told missing comes after all: what is out of its sequence is the one that came in its place. The walk goes
   * on from there, so that what belongs behind it is not at fault.
   */
  #late(segment: DecodedSegment): SegmentRule | undefined {
    this.#isCertain = false
    for (let level = this.#open - 1; level >= 0; level--) {
      const frame = this.#frames[level] as Frame
      const late = frame.takeMissed(segment.id)
      if (late === undefined) continue
      const { place, finding, instead } = late
      this.#findings.retell(finding, '7', instead, `${instead} is out of its sequence: it belongs behind ${segment.id}`)
      while (this.#open - 1 > level) this.#leave()
      frame.goBack(place)
      return this.#accept(segment, level, place)
    }
    return undefined
  }

  #misplaced(segment: DecodedSegment): SegmentRule | undefined {
    const { id } = segment
    const { segments, ids, set, lenient } = this.#guide
    const known = segments.get(id)
    const again = this.#lastMisplaced === id
    this.#isCertain = false
    this.#lastMisplaced = id
    this.#orderly = false
    if (!ids.has(id)) {
      const standard = known !== undefined || segments.standardIds.has(id)
      const capitals = ids.has(id.toUpperCase()) ? `: in capitals, ${id.toUpperCase()}, it would be one` : ''
      const message = standard ? `${id} does not belong in a ${set}` : `${id} is no segment of the standard${capitals}`
      if (!lenient) this.#findings.aboutSegment(standard ? '6' : '1', id, message)
    } else {
      const passed = this.#passedPlace(id)
      // A run of the same segment or loop out of its sequence is one mistake.
      if (passed !== undefined) {
        const { frame, place } = passed
        const { loop, cursor } = frame
        const { loop: inner } = loop.entries[place] as Entry
        const before = (loop.entries[cursor] as Entry).id
        const told = again || frame.misplacedLoop === place
        if (!told) this.#findings.aboutSegment('7', id, `${id} is out of its sequence: it belongs before ${before}`)
        if (inner !== undefined) {
          frame.misplacedLoop = place
          this.#enterOpened(inner, segment)
        }
      } else {
        const loop = this.#enterHome(id, segment)
        const message = `${id} is not expected here: it belongs in loop ${loop}, which is not open`
        if (!lenient) this.#findings.aboutSegment('2', id, message)
      }
    }
    return known === undefined ? undefined : ruleOf(known)
  }

  /** The segment's place in an open loop that is already beyond it. */
  #passedPlace(id: string): { readonly frame: Frame; readonly place: number } | undefined {
    for (let level = this.#open - 1; level >= 0; level--) {
      const frame = this.#frames[level] as Frame
      const place = frame.loop.places.get(id)?.at(-1)
      if (place !== undefined) return { frame, place }
    }
    return undefined
  }

  /**
   * Enters the loop in which such a segment stands, without the segment that opens it; of several the one nearest to here. Returns
   * the name of the outermost loop that was not open.
   */
  #enterHome(id: string, segment: DecodedSegment): string {
    let nearest: readonly Loop[] = []
    let shared = -1
    for (const path of this.#guide.homes.get(id) ?? []) {
      const common = this.#openLoops(path)
      if (common > shared) [nearest, shared] = [path, common]
    }
    for (const loop of nearest.slice(shared)) this.#enter(loop).astray = true
    const frame = this.#frames[this.#open - 1] as Frame
    const place = frame.loop.places.get(id)?.[0] ?? 0
    frame.cursor = place
    frame.counts[place] = 1
    const entered = frame.loop.entries[place]?.loop
    if (entered !== undefined) this.#enterOpened(entered, segment)
    return nearest[shared]?.name ?? frame.loop.name
  }

  /** How many loops of the path, from the outermost, are open one within the other. */
  #openLoops(path: readonly Loop[]): number {
    let common = 0
    for (let level = 0; level < this.#open && common < path.length; level++) {
      if (this.#frames[level]?.loop === path[common]) common++
    }
    return common
  }

  #enterOpened(loop: Loop, segment: DecodedSegment): void {
    const frame = this.#enter(loop)
    frame.counts[0] = 1
    if (loop.bounded) frame.boundedBy = text(segment, 1)
  }

  #enter(loop: Loop): Frame {
    const frame = this.#frames[this.#open] ?? new Frame(loop)
    if (this.#open === this.#frames.length) this.#frames.push(frame)
    frame.begin(loop)
    this.#open++
    return frame
  }

  #leave(): void {
    const frame = this.#frames[this.#open - 1] as Frame
    this.#pass(frame, frame.loop.entries.length, undefined)
    this.#open--
  }

  /**
   * The loop goes on behind these entries, from where it is up to `place`, with the segment `instead`, or ends: what they lack should
   * have come.
   */
  #pass(frame: Frame, place: number, instead: DecodedSegment | undefined): void {
    if (frame.astray) return
    const { loop, counts, cursor } = frame
    for (const needed of loop.needed) {
      if (needed < cursor || needed >= place) continue
      const entry = loop.entries[needed] as Entry
      if (entry.mandatory && counts[needed] === 0 && !frame.hasMissed(needed)) {
        const finding = this.#sayMissing(entry, loop)
        if (instead !== undefined) frame.miss({ place: needed, finding, instead: instead.id })
      }
      if (entry.mustOccurWith !== undefined) this.#checkQualifiers(entry, frame, needed)
    }
  }

  #rememberQualifier(segment: DecodedSegment, frame: Frame, place: number): void {
    this.#isCertain = false
    frame.remember(place, text(segment, 1))
  }

  #checkQualifiers(entry: Entry, frame: Frame, place: number): void {
    this.#isCertain = false
    const seen = frame.qualifiers?.get(place)
    for (const qualifier of entry.mustOccurWith ?? []) {
      if (seen?.has(qualifier) === true) continue
      const code = this.#findings.implementation('I6', '3')
      const who = `, which ${this.#guide.partner ?? 'the partner'} asks for,`
      const message = `${entry.id} with "${qualifier}" in ${entry.id}01${who} is missing${this.#where(frame.loop)}`
      this.#findings.aboutSegment(code, entry.id, message, `${entry.id}01 "${qualifier}"`)
    }
  }

  #checkBounds(segment: DecodedSegment, frame: Frame): void {
    this.#isCertain = false
    const value = text(segment, 1)
    if (value === frame.boundedBy) return
    const expected = frame.boundedBy
    const message = `the loop id "${value}" is not that of the LS it closes, "${expected}"`
    this.#findings.aboutElement('7', 1, undefined, undefined, value, message, expected)
  }

  #sayFull({ id, max, loop }: Entry): void {
    const times = max === 1 ? 'once' : `${max} times`
    if (loop === undefined) this.#findings.aboutSegment('5', id, `${id} may stand here ${times} only`, `at most ${max}`)
    else this.#findings.aboutSegment('4', id, `loop ${id} may stand here ${times} only`, `at most ${max}`)
  }

  #sayMissing(entry: Entry, loop: Loop): X12Finding {
    const who = entry.partnerMandatory === true ? `, which ${this.#guide.partner ?? 'the partner'} asks for,` : ''
    return this.#findings.aboutSegment('3', entry.id, `${entry.id}${who} is missing${this.#where(loop)}`, entry.id)
  }

  #sayUnused(entry: Entry): void {
    const message = `${entry.id} is not used by ${this.#guide.partner ?? 'the partner'}`
    this.#findings.aboutSegment(this.#findings.implementation('I4', '2'), entry.id, message)
  }

  #where(loop: Loop): string {
    return loop === this.#guide.table ? '' : ` in loop ${loop.name}`
  }

  /** AK303: the innermost loop by the segment that opens it, or LS01 within LS and LE. Undefined outside of all loops. */
  get loopName(): string | undefined {
    if (this.#open <= 1) return undefined
    const { loop, boundedBy } = this.#frames[this.#open - 1] as Frame
    if (boundedBy !== '') return boundedBy
    const around = this.#frames[this.#open - 2] as Frame
    return around.boundedBy === '' ? loop.name : around.boundedBy
  }
}
