import { CODE_NUMBERS, codeNumber, NO_CODE } from './code-text.js'

const BITS = 32

/** The codes of a list, asked for where they stand in a text. Codes of up to three letters and digits are a bit each. */
export class CodeSet {
  readonly #short = new Uint32Array(Math.ceil(CODE_NUMBERS / BITS))
  readonly #others = new Set<string>()

  constructor(codes: Iterable<string>) {
    for (const code of codes) {
      const number = codeNumber(code, 0, code.length)
      if (number === NO_CODE) this.#others.add(code)
      else this.#short[number >>> 5] = (this.#short[number >>> 5] as number) | (1 << (number & 31))
    }
  }

  /** The piece of the text, and its number. */
  has(number: number, text: string, from: number, to: number): boolean {
    if (number === NO_CODE) return this.#others.size > 0 && this.#others.has(text.substring(from, to))
    return this.hasNumber(number)
  }

  /** Whether there is the code of a number; none has NO_CODE. */
  hasNumber(number: number): boolean {
    return ((this.#short[number >>> 5] as number) & (1 << (number & 31))) !== 0
  }
}

const sets = new WeakMap<Iterable<string>, CodeSet>()

/** Made when first asked for; many elements have the same list. */
export function codeSetOf(codes: Iterable<string>): CodeSet {
  const set = sets.get(codes) ?? new CodeSet(codes)
  sets.set(codes, set)
  return set
}
