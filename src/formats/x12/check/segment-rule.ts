import { DIGIT, POINT, SPACE } from '../character-kinds.js'
import { type CodeSet, codeSetOf } from '../code-set.js'
import { type DecodedSegment, MOST_BITS } from '../decoded-segment.js'
import type { Condition, ElementGuide, SegmentGuide } from '../guide/guide.js'
import { holds } from './conditions.js'
import { isDate } from './date-time.js'

const BLANK = 0x20
const FULL_STOP = 0x2e
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

  holds({ text, cuts, kinds, first, elementCount, present, simple }: DecodedSegment): boolean {
    if (!simple || !this.#mayBeRight || elementCount > this.#kinds.length || elementCount > MOST_BITS) return false
    if (present !== this.#fitting && !this.#fits(present)) return false
    let from = (cuts[first + 1] as number) + 1
    for (let i = 0; i < elementCount; i++) {
      const to = cuts[first + i + 2] as number
      if ((present & (1 << i)) !== 0 && !this.#allows(i, text, kinds[first + i + 1] as number, from, to)) return false
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

  /** Whether the value between two places, of characters of these kinds, is certainly right. */
  #allows(i: number, text: string, kinds: number, from: number, to: number): boolean {
    switch (this.#kinds[i]) {
      case KINDS.AN:
        return this.#hasLength(i, to - from) && ((kinds & SPACE) === 0 || text.charCodeAt(to - 1) !== BLANK)
      case KINDS.CODES:
        return (this.#codes[i] as CodeSet).has(text, from, to)
      case KINDS.R:
        return this.#hasLength(i, kinds === DIGIT ? to - from : digitsBesidePoint(text, kinds, from, to))
      case KINDS.N:
        return kinds === DIGIT && this.#hasLength(i, to - from)
      case KINDS.DT:
        return kinds === DIGIT && to - from === DATE_DIGITS && this.#hasLength(i, DATE_DIGITS) && isDate(text, to, from)
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

/** How many digits, of which zeros in front count, where nothing else is there but one point; else a number no element has. */
function digitsBesidePoint(text: string, kinds: number, from: number, to: number): number {
  if (kinds !== (DIGIT | POINT)) return NO_NUMBER
  let points = 0
  for (let at = from; at < to; at++) if (text.charCodeAt(at) === FULL_STOP) points++
  return points === 1 && to - from > 1 ? to - from - 1 : NO_NUMBER
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
