import { wholeNumber } from './code-text.js'

/** So many numbers out of order are kept in mind; a group of more is not one that any partner sends. */
const MOST_REMEMBERED = 100_000

/**
 * Tells a control number that was seen before. Numbers that count up take no memory, however many there are: a group may hold
 * millions of transaction sets.
 */
export class ControlNumbersSeen {
  #first = 0
  #last = -1
  readonly #others = new Set<string>()

  /** True when it was added before; 0001 and 1 are the same. */
  add(control: string): boolean {
    const number = wholeNumber(control)
    if (number !== undefined) {
      if (this.#last === -1) this.#first = number
      else if (number >= this.#first && number <= this.#last) return true
      if (this.#last === -1 || number === this.#last + 1) {
        this.#last = number
        return this.#others.size > 0 && this.#others.has(String(number))
      }
    }
    const key = number === undefined ? control : String(number)
    if (this.#others.has(key)) return true
    if (this.#others.size < MOST_REMEMBERED) this.#others.add(key)
    return false
  }
}
