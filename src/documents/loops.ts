import { CodeSet, type DecodedSegment } from '../formats/x12/index.js'

/** What each loop may hold in 004010, its inner loops included, by its first segment. */
export interface LoopTable {
  readonly first: CodeSet
  readonly held: ReadonlyMap<string, CodeSet>
}

export function loopTable(...loops: readonly Readonly<Record<string, string>>[]): LoopTable {
  const held = new Map(
    loops
      .flatMap((each) => Object.entries(each))
      .map(([first, ids]) => [first, new CodeSet(ids.split(' ').filter(Boolean))]),
  )
  return { first: new CodeSet(held.keys()), held }
}

/**
 * Which loop a segment stands in. A REF in an N1 loop is the party's, a DTM in an ACK loop the answer's: they go to whoever took the
 * loop's first segment. What nobody takes stays unread.
 */
export class Loops {
  #table: LoopTable
  #held: CodeSet | undefined
  #take: ((segment: DecodedSegment) => void) | undefined
  /** The loop that was opened last, and what it may hold: mostly the next is like it. */
  #lastNumber = -1
  #lastHeld: CodeSet | undefined

  constructor(table: LoopTable) {
    this.#table = table
  }

  /** Other loops from here on: those of the lines are not those of the header. */
  use(table: LoopTable): void {
    this.#table = table
    this.#lastNumber = -1
  }

  /** True when the segment belongs to the loop that was opened last; else it may open one itself. */
  holds(segment: DecodedSegment): boolean {
    const { idNumber } = segment.shape
    if (this.#held?.hasNumber(idNumber) === true) {
      this.#take?.(segment)
      return true
    }
    this.#held = this.#table.first.hasNumber(idNumber) ? this.#heldBy(segment) : undefined
    this.#take = undefined
    return false
  }

  #heldBy({ id, idNumber }: DecodedSegment): CodeSet | undefined {
    if (idNumber !== this.#lastNumber) {
      this.#lastNumber = idNumber
      this.#lastHeld = this.#table.held.get(id)
    }
    return this.#lastHeld
  }

  /** What the loop just opened holds goes there. */
  give(take: (segment: DecodedSegment) => void): void {
    this.#take = take
  }
}
