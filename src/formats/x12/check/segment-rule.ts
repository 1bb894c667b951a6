import { type CodeSet, codeSetOf } from '../code-set.js'
import { type DecodedSegment, MOST_BITS } from '../decoded-segment.js'
import type { Condition, ElementGuide, SegmentGuide } from '../guide/guide.js'
import { holds } from './conditions.js'
import { isDate } from './date-time.js'

const SPACE = 0x20
const ZERO = 0x30
const NINE = 0x39
const POINT = 0x2e
const DATE_DIGITS = 8
/** No element is longer; not Infinity, so that lengths are compared as small integers. */
const LONGEST = 0x3fffffff

/** How the values of an element are looked at. What is not simple is left to the careful check. */
const KINDS = { AN: 0, ID: 0, R: 1, N: 2, DT: 3, B: 4, TM: 5, C: 5, CODES: 6 } as const

/**
 * Whether a segment is certainly as its guide has it: one look at each of its elements, no string made of any. That is so of nearly all
 * segments; of the others it says nothing, they are looked at with care. What the guide says is laid out by position, in numbers.
 */
export class SegmentRule {
  readonly guide: SegmentGuide
  readonly #kinds: Uint8Array
  readonly #least: Int32Array
  readonly #most: Int32Array
  readonly #codes: readonly (CodeSet | undefined)[]
  readonly #conditions: readonly Condition[]
  readonly #mandatory: number
  readonly #mayBeRight: boolean
  /** The elements that were there last time all was right with which are there and which not, as bits. */
  #fitting = -1

  constructor(guide: SegmentGuide) {
    const { elements, conditions, lastMandatory, mustCarry } = guide
    this.guide = guide
    this.#kinds = Uint8Array.from(elements, kindOf)
    this.#least = Int32Array.from(elements, ({ min }) => min)
    this.#most = Int32Array.from(elements, ({ max }) => Math.min(max, LONGEST))
    this.#codes = elements.map(({ codes }) => (codes === undefined ? undefined : codeSetOf(codes)))
    this.#conditions = conditions
    this.#mandatory = elements.reduce((bits, { mandatory }, i) => (mandatory ? bits | (1 << i) : bits), 0)
    this.#mayBeRight = mustCarry === undefined && lastMandatory <= MOST_BITS
  }

  holds({ text, cuts, first, elementCount, present, simple }: DecodedSegment): boolean {
    const kinds = this.#kinds
    if (!simple || !this.#mayBeRight || elementCount > kinds.length || elementCount > MOST_BITS) return false
    if (present !== this.#fitting && !this.#fits(present)) return false
    let from = (cuts[first + 1] as number) + 1
    for (let i = 0; i < elementCount; i++) {
      const to = cuts[first + i + 2] as number
      if ((present & (1 << i)) !== 0 && !this.#allows(i, kinds[i] as number, text, from, to)) return false
      from = to + 1
    }
    return true
  }

  #fits(present: number): boolean {
    if ((this.#mandatory & ~present) !== 0) return false
    for (const condition of this.#conditions) if (!holds(condition, present)) return false
    this.#fitting = present
    return true
  }

  /** Whether the value between two places is certainly right: printable ASCII, and no blank. */
  #allows(i: number, kind: number, text: string, from: number, to: number): boolean {
    switch (kind) {
      case KINDS.AN:
        return this.#hasLength(i, to - from) && text.charCodeAt(to - 1) !== SPACE
      case KINDS.CODES:
        return (this.#codes[i] as CodeSet).has(text, from, to)
      case KINDS.R:
        return this.#hasLength(i, digitsOf(text, from, to, 1))
      case KINDS.N:
        return this.#hasLength(i, digitsOf(text, from, to, 0))
      case KINDS.DT:
        return (
          to - from === DATE_DIGITS &&
          this.#hasLength(i, DATE_DIGITS) &&
          digitsOf(text, from, to, 0) === DATE_DIGITS &&
          isDate(text, to, from)
        )
      case KINDS.B:
        return true
      default:
        return false
    }
  }

  #hasLength(i: number, length: number): boolean {
    return length >= (this.#least[i] as number) && length <= (this.#most[i] as number)
  }
}

function kindOf({ type, codes, unused, composite }: ElementGuide): number {
  if (unused === true || composite !== undefined) return KINDS.C
  return type === 'ID' && codes !== undefined ? KINDS.CODES : KINDS[type]
}

/** How many digits, of which zeros in front count, where nothing else is there but at most so many points; else a number no element has. */
function digitsOf(text: string, from: number, to: number, mostPoints: number): number {
  let points = 0
  for (let at = from; at < to; at++) {
    const character = text.charCodeAt(at)
    if (character === POINT) points++
    else if (character < ZERO || character > NINE) return NO_NUMBER
  }
  return points > mostPoints || points === to - from ? NO_NUMBER : to - from - points
}

const NO_NUMBER = -1

const rules = new WeakMap<SegmentGuide, SegmentRule>()

/** Made when first asked for. */
export function ruleOf(guide: SegmentGuide): SegmentRule {
  const known = rules.get(guide)
  if (known !== undefined) return known
  const rule = new SegmentRule(guide)
  rules.set(guide, rule)
  return rule
}
