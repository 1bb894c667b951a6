/** Room for the places of separators: an array for each segment costs more, and one for all would live as long as any of them. */
export class CutRoom {
  readonly #size: number
  #used = 0
  /** The array that was last taken of. */
  all: Int32Array

  constructor(size: number) {
    this.#size = size
    this.all = new Int32Array(size)
  }

  /** Where in `all` there is room for so many. */
  take(count: number): number {
    if (this.#used + count > this.all.length) {
      this.all = new Int32Array(Math.max(this.#size, count))
      this.#used = 0
    }
    this.#used += count
    return this.#used - count
  }
}
