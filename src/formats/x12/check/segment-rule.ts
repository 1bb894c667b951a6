import { BLANK, FULL_STOP } from '../character-codes.js'
import { CAPITAL, DIGIT, POINT, SPACE } from '../character-kinds.js'
import { type CodeSet, codeSetOf } from '../code-set.js'
import { type DecodedSegment, MOST_BITS } from '../decoded-segment.js'
import { KINDS, NUMBER_SHIFT } from '../element-marks.js'
import type { Condition, ElementGuide, SegmentGuide } from '../guide/guide.js'
import { PLACE, type PlacedText } from '../placed-text.js'
import type { SegmentShape } from '../segment-shape.js'
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
/** Elements of a shape are of one length up to here, then of four to seven, eight to fifteen and so on. */
const LONGEST_ALIKE = 3
/** Instead of the elements to look at, for a shape that may not be right. */
const ALL = -1

/**
 * Whether a segment is certainly as its guide has it. Most of that its shape says, which is looked at once; then there are a date here and
 * a number there to look at in the segment itself, and no string is made. What is not certain is said to be false: the careful check looks at it.
 */
export class SegmentRule {
  readonly guide: SegmentGuide
  readonly #wanted: readonly number[]
  /** Of those elements that a segment had so far: few of the lists of a dictionary are ever asked. */
  readonly #codes: (CodeSet | undefined)[]
  readonly #conditions: readonly Condition[]
  readonly #mandatory: number
  readonly #mayBeRight: boolean

  constructor(guide: SegmentGuide) {
    const { elements, conditions, lastMandatory, mustCarry } = guide
    this.guide = guide
    this.#wanted = elements.map(wantedOf)
    this.#codes = elements.map(() => undefined)
    this.#conditions = conditions
    this.#mandatory = elements.reduce((bits, { mandatory }, i) => (mandatory ? bits | (1 << i) : bits), 0)
    this.#mayBeRight = mustCarry === undefined && lastMandatory <= MOST_BITS
  }

  holds({ shape, placed, first }: DecodedSegment): boolean {
    if (shape.rule !== this) {
      shape.rule = this
      shape.doubtful = this.#fits(shape) ? this.#doubtfulOf(placed, first, shape) : ALL
    }
    let { doubtful } = shape
    if (doubtful === ALL) return false
    for (; doubtful !== 0; doubtful &= doubtful - 1) {
      const i = 31 - Math.clz32(doubtful & -doubtful)
      if (!isRight(placed, first + PLACE * (i + 1), this.#wanted[i] as number, this.#codes[i])) return false
    }
    return true
  }

  /** All that has to do with which elements are there and which not. */
  #fits({ simple, elementCount, present }: SegmentShape): boolean {
    if (!simple || !this.#mayBeRight || elementCount > this.#wanted.length || elementCount > MOST_BITS) return false
    return (this.#mandatory & ~present) === 0 && this.#conditions.every((condition) => holds(condition, present))
  }

  /** The elements that may be right in one segment of this shape and wrong in another, as bits. */
  #doubtfulOf(placed: PlacedText, first: number, { elementCount, present }: SegmentShape): number {
    let doubtful = 0
    for (let i = 0; i < elementCount; i++) {
      const bit = 1 << i
      if ((present & bit) === 0) continue
      const at = first + PLACE * (i + 1)
      if (!isRightInAll(placed, at, this.#wanted[i] as number, this.#codesOf(i))) doubtful |= bit
    }
    return doubtful
  }

  #codesOf(i: number): CodeSet | undefined {
    const { codes } = this.guide.elements[i] as ElementGuide
    if (codes !== undefined) this.#codes[i] ??= codeSetOf(codes)
    return this.#codes[i]
  }
}

/** Whether an element is right whatever it is that segments of one shape say there. */
function isRightInAll({ text, places }: PlacedText, at: number, what: number, codes: CodeSet | undefined): boolean {
  const from = (places[at] as number) + 1
  const to = places[at + PLACE] as number
  const marks = places[at + 1] as number
  const kinds = marks & KINDS
  switch (what & KIND_MASK) {
    case STRING:
      return ((kinds & SPACE) === 0 || text.charCodeAt(to - 1) !== BLANK) && isEachLengthRight(to - from, 0, what)
    case CODE:
      return (kinds & CAPITAL) !== 0 && codes?.hasNumber(marks >>> NUMBER_SHIFT) === true
    case DECIMAL:
      if (kinds === DIGIT) return isEachLengthRight(to - from, 0, what)
      return digitsBesidePoint(text, kinds, from, to) !== NOT_RIGHT && isEachLengthRight(to - from, 1, what)
    case WHOLE:
      return kinds === DIGIT && isEachLengthRight(to - from, 0, what)
    default:
      return (what & KIND_MASK) === BINARY
  }
}

/** For the lengths of a shape, of which so many characters do not count. */
function isEachLengthRight(length: number, uncounted: number, what: number): boolean {
  if (length <= LONGEST_ALIKE) return isLengthRight(length - uncounted, what)
  const shortest = 1 << (31 - Math.clz32(length))
  return isLengthRight(shortest - uncounted, what) && isLengthRight(2 * shortest - 1 - uncounted, what)
}

const isLengthRight = (length: number, what: number): boolean =>
  length >= ((what >> LEAST_SHIFT) & LEAST_MASK) && length <= what >>> MOST_SHIFT

/** Whether an element that says something is right, as it stands in a text. */
function isRight({ text, places }: PlacedText, at: number, what: number, codes: CodeSet | undefined): boolean {
  const from = (places[at] as number) + 1
  const to = places[at + PLACE] as number
  const marks = places[at + 1] as number
  const kinds = marks & KINDS
  switch (what & KIND_MASK) {
    case STRING:
      return ((kinds & SPACE) === 0 || text.charCodeAt(to - 1) !== BLANK) && isLengthRight(to - from, what)
    case CODE:
      return codes?.has(marks >>> NUMBER_SHIFT, text, from, to) === true
    case DECIMAL:
      return isLengthRight(kinds === DIGIT ? to - from : digitsBesidePoint(text, kinds, from, to), what)
    case WHOLE:
      return kinds === DIGIT && isLengthRight(to - from, what)
    case DATE:
      return kinds === DIGIT && to - from === DATE_DIGITS && isDate(text, to, from) && isLengthRight(to - from, what)
    default:
      return (what & KIND_MASK) === BINARY
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
