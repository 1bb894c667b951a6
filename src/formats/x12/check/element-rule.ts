import { isGraphic } from '../decoded-segment.js'
import type { ElementGuide } from '../guide/guide.js'
import { isDate } from './date-time.js'

const SPACE = 0x20
const ZERO = 0x30
const NINE = 0x39
const POINT = 0x2e
const DATE_DIGITS = 8
/** So many characters of ASCII fit into one number. */
const MOST_PACKED = 4
const NONE = -1

/** How the values of an element are looked at. What is not simple is left to the careful check. */
const KINDS = { AN: 0, ID: 1, R: 2, N: 3, DT: 4, B: 5, TM: 6, C: 6 } as const
type Kind = (typeof KINDS)[keyof typeof KINDS]

/** What the guide says of a simple element, laid out so that the values of nearly all segments are seen to be right at a glance. */
export class ElementRule {
  readonly #kind: Kind
  readonly #min: number
  readonly #max: number
  /** The codes as numbers, where there is a list. */
  readonly #codes: ReadonlySet<number> | undefined

  constructor({ type, min, max, codes, unused, composite }: ElementGuide) {
    const numbers = codes === undefined ? undefined : [...codes].map((code) => packed(code, 0, code.length))
    const careful = unused === true || composite !== undefined || numbers?.includes(NONE) === true
    this.#kind = careful ? KINDS.C : KINDS[type]
    this.#min = min
    this.#max = Math.min(max, 0x3fffffff)
    this.#codes = numbers === undefined ? undefined : new Set(numbers)
  }

  /** Whether the value between two places is certainly right: printable ASCII, and no blank. */
  allows(text: string, from: number, to: number): boolean {
    const length = to - from
    switch (this.#kind) {
      case KINDS.AN:
        return this.#fits(length) && text.charCodeAt(to - 1) !== SPACE
      case KINDS.ID:
        if (this.#codes === undefined) return this.#fits(length) && text.charCodeAt(to - 1) !== SPACE
        return this.#codes.has(packed(text, from, to))
      case KINDS.R:
      case KINDS.N:
        return this.#isNumber(text, from, to, this.#kind === KINDS.R)
      case KINDS.DT:
        return length === DATE_DIGITS && this.#fits(length) && isDay(text, from, to)
      case KINDS.B:
        return true
      default:
        return false
    }
  }

  #fits(length: number): boolean {
    return length >= this.#min && length <= this.#max
  }

  /** Digits, of which zeros in front count, and maybe a point. */
  #isNumber(text: string, from: number, to: number, mayHavePoint: boolean): boolean {
    let points = 0
    for (let at = from; at < to; at++) {
      const character = text.charCodeAt(at)
      if (character === POINT) points++
      else if (character < ZERO || character > NINE) return false
    }
    return points <= (mayHavePoint ? 1 : 0) && to - from > points && this.#fits(to - from - points)
  }
}

function isDay(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const character = text.charCodeAt(at)
    if (character < ZERO || character > NINE) return false
  }
  return isDate(text.substring(from, to), to - from)
}

/** Up to four characters of ASCII as one number; NONE for any other text. */
function packed(text: string, from: number, to: number): number {
  if (to - from > MOST_PACKED) return NONE
  let number = 0
  for (let at = from; at < to; at++) {
    const character = text.charCodeAt(at)
    if (!isGraphic(character)) return NONE
    number = (number << 7) | character
  }
  return number
}
