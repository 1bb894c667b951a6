import { compare, type DecimalText, type ExceptionCode, type FindingKeys } from '../canonical/index.js'
import type { DecisionWord } from './decision.js'
import { type MatchException, unsettled } from './exception.js'
import type { Settlement } from './lifecycle.js'

/** What an exception must share with the one the rule was made of; what is absent may be anything. */
export type RuleScope = Pick<FindingKeys, 'company' | 'supplier' | 'item'>

export const scopeKeys = ['company', 'supplier', 'item'] as const satisfies readonly (keyof RuleScope)[]

/** A decision that later exceptions in scope are given by themselves. */
export interface DecisionRule {
  readonly id: number
  readonly code: ExceptionCode
  readonly decision: DecisionWord
  readonly scope: RuleScope
  /** No exception for more money is decided by it. */
  readonly upTo: DecimalText
  /** Of upTo: money in another is not compared with it. null: nobody knows it any more. */
  readonly currency: string | null
  /** Last day it holds, yyyy-MM-dd. */
  readonly until: string
  readonly note: string | null
  readonly madeBy: string
}

/** The rule in words, as lists and histories name it. */
export function ruleWords({ id, code, decision, scope, until, madeBy }: DecisionRule): string {
  const within = scopeKeys.flatMap((key) => (scope[key] === undefined ? [] : [`${key} ${scope[key]}`]))
  return `rule ${id}: ${code} ${decision}${within.length > 0 ? ` for ${within.join(', ')}` : ''} until ${until}, made by ${madeBy}`
}

/** The first of the rules, oldest first, that decides an exception on `today` (yyyy-MM-dd). */
export const ruleFor = (
  exception: Pick<MatchException, 'code' | 'keys' | 'amountAtRisk' | 'currency'>,
  rules: readonly DecisionRule[],
  today: string,
): DecisionRule | undefined =>
  rules.find(
    ({ code, scope, upTo, currency, until }) =>
      code === exception.code &&
      today <= until &&
      (currency ?? exception.currency) === exception.currency &&
      compare(exception.amountAtRisk, upTo) <= 0 &&
      scopeKeys.every((key) => scope[key] === undefined || scope[key] === exception.keys[key]),
  )

/** The settlement with what rules decide decided. What a person proposed or reopened by hand is left to people. */
export function decideByRules(
  settlement: Settlement,
  rules: readonly DecisionRule[],
  today: string,
  now: string,
): Settlement & { readonly byRule: number } {
  const byRule: MatchException[] = []
  const exceptions = settlement.exceptions.map((exception) => {
    const rule = isForRules(exception) ? ruleFor(exception, rules, today) : undefined
    if (rule === undefined) return exception
    const { decision, note } = rule
    const decided: MatchException = {
      ...exception,
      status: 'decided',
      decision: {
        decision,
        state: 'standing',
        amount: exception.amountAtRisk,
        facts: exception.values,
        note,
        decidedBy: rule.madeBy,
        decidedAt: now,
        via: ruleWords(rule),
        agreedBy: null,
        agreedAt: null,
        rule: rule.id,
      },
    }
    byRule.push(decided)
    return decided
  })
  return { ...settlement, exceptions, decided: settlement.decided + byRule.length, byRule: byRule.length }
}

const isForRules = ({ status }: MatchException): boolean => unsettled.includes(status) && status !== 'proposed'
