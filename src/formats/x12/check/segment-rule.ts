import { BLANK, FULL_STOP } from '../character-codes.js'
import { DIGIT, POINT, SPACE } from '../character-kinds.js'
import { type CodeSet, codeSetOf } from '../code-set.js'
import { type DecodedSegment, MOST_BITS } from '../decoded-segment.js'
import type { Condition, SegmentGuide } from '../guide/guide.js'
import { holds } from './conditions.js'
import { isDate } from './date-time.js'
import {
  BINARY,
  CODE,
  DATE,
  DECIMAL,
  KIND_MASK,
  LEAST_MASK,
  LEAST_SHIFT,
  MOST_SHIFT,
  STRING,
  WHOLE,
  wantedOf,
} from './wanted-value.js'

const DATE_DIGITS = 8
/**
 * Whether a segment is certainly as its guide has it: one look at each of its elements, no string made of any. That is so of nearly all
 * segments; of the others it says nothing, they are looked at with care. What the guide says is laid out by position, in numbers.
 */
export class SegmentRule {
  readonly guide: SegmentGuide
  readonly #wanted: readonly number[]
  readonly #codes: readonly (CodeSet | undefined)[]
  readonly #conditions: readonly Condition[]
  readonly #mandatory: number
  readonly #mayBeRight: boolean
  /** The elements that were there last time all was right with which are there and which not, as bits. */
  #fitting = -1

  constructor(guide: SegmentGuide) {
    const { elements, conditions, lastMandatory, mustCarry } = guide
    this.guide = guide
    this.#wanted = elements.map(wantedOf)
    this.#codes = elements.map(({ codes }) => (codes === undefined ? undefined : codeSetOf(codes)))
    this.#conditions = conditions
    this.#mandatory = elements.reduce((bits, { mandatory }, i) => (mandatory ? bits | (1 << i) : bits), 0)
    this.#mayBeRight = mustCarry === undefined && lastMandatory <= MOST_BITS
  }

  holds({ text, cuts, kinds, codes, first, elementCount, present, simple }: DecodedSegment): boolean {
    const wanted = this.#wanted
    if (!simple || !this.#mayBeRight || elementCount > wanted.length || elementCount > MOST_BITS) return false
    if (present !== this.#fitting && !this.#fits(present)) return false
    let from = (cuts[first + 1] as number) + 1
    for (let i = 0; i < elementCount; i++) {
      const to = cuts[first + i + 2] as number
      if ((present & (1 << i)) !== 0) {
        const what = wanted[i] as number
        const at = first + i + 1
        const length = lengthOf(
          what & KIND_MASK,
          text,
          kinds[at] as number,
          codes[at] as number,
          from,
          to,
          this.#codes[i],
        )
        if (length < ((what >> LEAST_SHIFT) & LEAST_MASK) || length > what >>> MOST_SHIFT) return false
      }
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
}

/** What counts of the length of a value between two places, of characters of these kinds; NOT_RIGHT where it is not certainly right. */
function lengthOf(
  wanted: number,
  text: string,
  kinds: number,
  code: number,
  from: number,
  to: number,
  codes: CodeSet | undefined,
): number {
  switch (wanted) {
    case STRING:
      return (kinds & SPACE) === 0 || text.charCodeAt(to - 1) !== BLANK ? to - from : NOT_RIGHT
    case CODE:
      return codes?.has(code, text, from, to) === true ? to - from : NOT_RIGHT
    case DECIMAL:
      return kinds === DIGIT ? to - from : digitsBesidePoint(text, kinds, from, to)
    case WHOLE:
      return kinds === DIGIT ? to - from : NOT_RIGHT
    case DATE:
      return kinds === DIGIT && to - from === DATE_DIGITS && isDate(text, to, from) ? to - from : NOT_RIGHT
    case BINARY:
      return 0
    default:
      return NOT_RIGHT
  }
}

/** How many digits, of which zeros in front count, where nothing else is there but one point; else NOT_RIGHT. */
function digitsBesidePoint(text: string, kinds: number, from: number, to: number): number {
  if (kinds !== (DIGIT | POINT)) return NOT_RIGHT
  let points = 0
  for (let at = from; at < to; at++) if (text.charCodeAt(at) === FULL_STOP) points++
  return points === 1 && to - from > 1 ? to - from - 1 : NOT_RIGHT
}

const NOT_RIGHT = -1

const rules = new WeakMap<SegmentGuide, SegmentRule>()

/** Made when first asked for. */
export function ruleOf(guide: SegmentGuide): SegmentRule {
  const known = rules.get(guide)
  if (known !== undefined) return known
  const rule = new SegmentRule(guide)
  rules.set(guide, rule)
  return rule
}
