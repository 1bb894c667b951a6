import type { Entry, Loop } from '../guide/guide.js'
import type { X12Finding } from '../x12-finding.js'

/** A segment that was told to be missing: its position, and which one stood there instead. */
export interface Missed {
  readonly place: number
  readonly finding: X12Finding
  readonly instead: string
}

const NONE: readonly Missed[] = []

/** A loop that is open: how far it is, and how often each of its segments was there. */
export class Frame {
  loop: Loop
  /** Position in the loop's entries of the segment met last. */
  cursor = 0
  counts: number[] = []
  /** It was entered without the segment that opens it: what else it lacks is no news. */
  astray = false
  /** LS01, where LS opened it. */
  boundedBy = ''
  /** Element 01 of the segments that must come with certain ones, by position. */
  qualifiers: Map<number, Set<string>> | undefined
  /** Position of the loop that was last met out of its sequence. */
  misplacedLoop: number | undefined
  /** How far it ever was. */
  #reach = 0
  /** What was passed over though it has to come. */
  #missed: readonly Missed[] = NONE

  constructor(loop: Loop) {
    this.loop = loop
  }

  /** Used again, for another loop. What the one before counted stands up to where it was; behind that there are zeros still. */
  begin(loop: Loop): void {
    const { counts } = this
    for (let place = Math.max(this.#reach, this.cursor); place >= 0; place--) counts[place] = 0
    if (counts.length < loop.entries.length) this.counts = new Array<number>(loop.entries.length).fill(0)
    this.loop = loop
    this.cursor = 0
    this.astray = false
    this.boundedBy = ''
    this.qualifiers = undefined
    this.#missed = NONE
    this.misplacedLoop = undefined
    this.#reach = 0
  }

  /** Whether one more may stand at this place. */
  hasRoom(place: number): boolean {
    const { max } = this.loop.entries[place] as Entry
    return (this.counts[place] as number) < max
  }

  /** For a segment that comes late. What was met in between stays counted. */
  goBack(place: number): void {
    this.#reach = Math.max(this.#reach, this.cursor)
    this.cursor = place
  }

  miss(missed: Missed): void {
    this.#missed = [...this.#missed, missed]
  }

  hasMissed(place: number): boolean {
    return this.#missed.some((missed) => missed.place === place)
  }

  /** What is no longer missing, now that such a segment has come. */
  takeMissed(id: string): Missed | undefined {
    const places = this.loop.places.get(id)
    const missed = this.#missed.find(({ place }) => places?.includes(place))
    if (missed !== undefined) this.#missed = this.#missed.filter((other) => other !== missed)
    return missed
  }

  remember(place: number, qualifier: string): void {
    this.qualifiers ??= new Map()
    const seen = this.qualifiers.get(place) ?? new Set()
    this.qualifiers.set(place, seen.add(qualifier))
  }
}
