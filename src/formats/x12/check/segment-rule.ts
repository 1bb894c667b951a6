import { type DecodedSegment, MOST_BITS } from '../decoded-segment.js'
import type { Condition, SegmentGuide } from '../guide/guide.js'
import { holds } from './conditions.js'
import { ElementRule } from './element-rule.js'

/**
 * Whether a segment is certainly as its guide has it: one look at each of its elements, no string made of any. That is so of nearly all
 * segments; of the others it says nothing, they are looked at with care.
 */
export class SegmentRule {
  readonly #elements: readonly ElementRule[]
  readonly #conditions: readonly Condition[]
  readonly #mandatory: number
  readonly #mayBeRight: boolean

  constructor({ elements, conditions, lastMandatory, mustCarry }: SegmentGuide) {
    this.#elements = elements.map((element) => new ElementRule(element))
    this.#conditions = conditions
    this.#mandatory = elements.reduce((bits, { mandatory }, i) => (mandatory ? bits | (1 << i) : bits), 0)
    this.#mayBeRight = mustCarry === undefined && lastMandatory <= MOST_BITS
  }

  holds(segment: DecodedSegment): boolean {
    const { text, cuts, first, elementCount, present, simple } = segment
    const elements = this.#elements
    if (!simple || !this.#mayBeRight || elementCount > elements.length || elementCount > MOST_BITS) return false
    if ((this.#mandatory & ~present) !== 0) return false
    let from = (cuts[first + 1] as number) + 1
    for (let i = 0; i < elementCount; i++) {
      const to = cuts[first + i + 2] as number
      if (to > from && (present & (1 << i)) !== 0 && !(elements[i] as ElementRule).allows(text, from, to)) return false
      from = to + 1
    }
    for (const condition of this.#conditions) if (!holds(condition, present)) return false
    return true
  }
}

const rules = new WeakMap<SegmentGuide, SegmentRule>()

/** Made when first asked for. */
export function ruleOf(guide: SegmentGuide): SegmentRule {
  const known = rules.get(guide)
  if (known !== undefined) return known
  const rule = new SegmentRule(guide)
  rules.set(guide, rule)
  return rule
}
