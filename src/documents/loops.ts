import type { DecodedSegment } from '../formats/x12/index.js'

/** The first segment of each loop, and what it may hold in 004010, its inner loops included. */
export type LoopTable = ReadonlyMap<string, ReadonlySet<string>>

export const loopTable = (...loops: readonly Readonly<Record<string, string>>[]): LoopTable =>
  new Map(
    loops
      .flatMap((each) => Object.entries(each))
      .map(([first, ids]) => [first, new Set(ids.split(' ').filter(Boolean))]),
  )

/**
 * Which loop a segment stands in. A REF in an N1 loop is the party's, a DTM in an ACK loop the answer's: they go to whoever took the
 * loop's first segment. What nobody takes stays unread.
 */
export class Loops {
  #table: LoopTable
  #held: ReadonlySet<string> | undefined
  #take: ((segment: DecodedSegment) => void) | undefined

  constructor(table: LoopTable) {
    this.#table = table
  }

  /** Other loops from here on: those of the lines are not those of the header. */
  use(table: LoopTable): void {
    this.#table = table
  }

  /** True when the segment belongs to the loop that was opened last; else it may open one itself. */
  holds(segment: DecodedSegment): boolean {
    if (this.#held?.has(segment.id)) {
      this.#take?.(segment)
      return true
    }
    this.#held = this.#table.get(segment.id)
    this.#take = undefined
    return false
  }

  /** What the loop just opened holds goes there. */
  give(take: (segment: DecodedSegment) => void): void {
    this.#take = take
  }
}
