import { compare, type Finding, parseDecimal } from '../canonical/index.js'
import type { Decision } from './decision.js'

/** Why a decision does not hold any more for what is found now, in words; undefined: it does. */
export function changedFacts(
  { amount, facts }: Pick<Decision, 'amount' | 'facts'>,
  finding: Pick<Finding, 'amountAtRisk' | 'values'>,
): string | undefined {
  const names = [...new Set([...Object.keys(facts), ...Object.keys(finding.values)])]
  const changed = names.filter((name) => !isSame(facts[name] ?? null, finding.values[name] ?? null))
  if (changed.length > 0) {
    const words = changed.map(
      (name) => `${name} was ${facts[name] ?? 'nothing'}, is ${finding.values[name] ?? 'nothing'}`,
    )
    return `decided on other facts: ${words.join('; ')}`
  }
  if (compare(finding.amountAtRisk, amount) > 0) return `decided on ${amount}, now ${finding.amountAtRisk} is at risk`
  return undefined
}

/** 12.50 and 12.5 are one value. */
function isSame(a: string | null, b: string | null): boolean {
  if (a === b) return true
  const [left, right] = [parseDecimal(a ?? ''), parseDecimal(b ?? '')]
  return left !== undefined && right !== undefined && compare(left, right) === 0
}
