/**
 * Room for the places of separators, and for the kinds of characters that stand behind each (character-kinds.ts). An array for each
 * segment costs more, and one for all would live as long as any of them.
 */
export class PlaceRoom {
  readonly #size: number
  cuts: Int32Array
  kinds: Uint8Array
  codes: Uint16Array
  /** From here on it is free. */
  first = 0

  constructor(size: number) {
    this.#size = size
    this.cuts = new Int32Array(size)
    this.kinds = new Uint8Array(size)
    this.codes = new Uint16Array(size)
  }

  /** Makes sure of room for so many from `first` on. */
  reserve(count: number): void {
    if (this.first + count <= this.cuts.length) return
    const size = Math.max(this.#size, count)
    this.cuts = new Int32Array(size)
    this.kinds = new Uint8Array(size)
    this.codes = new Uint16Array(size)
    this.first = 0
  }

  /** So many from `first` on are no longer free. */
  keep(count: number): void {
    this.first += count
  }
}
