import { compare, decimal, parseDecimal } from '../../canonical/index.js'
import { authorityOf, ruleWords, type Verdict } from '../../exceptions/index.js'
import { appendAudit, decisionRules, type StateDatabase, type StoredException, saveRule } from '../../state/index.js'
import type { Applying, RuleWish, Wish } from './wish.js'

/** Why no rule can be made of a decision; undefined: none is wanted, or it can. */
export function refusedRule(
  exception: StoredException,
  verdict: Verdict,
  { rule, person }: Wish,
  { deciders, today }: Applying,
): string | undefined {
  if (rule === undefined) return undefined
  if (!('decision' in verdict) || verdict.decision.state !== 'standing')
    return 'a rule can be made of a decision that stands; this one must be agreed to first'
  if (!/^\d{4}-\d{2}-\d{2}$/.test(rule.until) || Number.isNaN(Date.parse(rule.until)))
    return `"${rule.until}" is not a date; write it as yyyy-MM-dd`
  if (rule.until < today) return `the rule would have ended on ${rule.until}`
  if (parseDecimal(upTo(exception, rule)) === undefined) return `"${rule.upTo}" is not an amount`
  const widest = { ...exception, amountAtRisk: decimal(upTo(exception, rule)) }
  if (authorityOf(person, widest, verdict.decision.decision, deciders) !== 'alone')
    return `${person} may not make a rule for up to ${widest.currency} ${widest.amountAtRisk}`
  return scopeOf(exception, rule).missing.length === 0
    ? undefined
    : `the exception has no ${scopeOf(exception, rule).missing.join(' and no ')} that a rule could go by`
}

/** Makes the rule that is wanted, in words; a rule that says the same and reaches as far is enough. */
export async function makeRule(
  database: StateDatabase,
  exception: StoredException,
  verdict: Verdict,
  wish: Wish,
  { now }: Applying,
): Promise<string | undefined> {
  if (wish.rule === undefined || !('decision' in verdict)) return undefined
  const { decision, note } = verdict.decision
  const rule = {
    code: exception.code,
    decision,
    scope: scopeOf(exception, wish.rule).scope,
    upTo: decimal(upTo(exception, wish.rule)),
    currency: exception.currency,
    until: wish.rule.until,
    note,
    madeBy: wish.person,
  }
  const same = (await decisionRules(database, { withdrawn: false })).find(
    (one) =>
      one.code === rule.code &&
      one.decision === rule.decision &&
      one.until >= rule.until &&
      one.currency === rule.currency &&
      compare(one.upTo, rule.upTo) >= 0 &&
      JSON.stringify(one.scope) === JSON.stringify(rule.scope),
  )
  if (same !== undefined) return ruleWords(same)
  const id = await saveRule(database, { ...rule, madeAt: now, fromException: exception.id })
  const said = ruleWords({ ...rule, id })
  await appendAudit(database, {
    at: now,
    actor: wish.actor,
    action: 'rule made',
    subject: `rule ${id}`,
    detail: { said, upTo: rule.upTo, scope: rule.scope, note },
  })
  return said
}

const upTo = (exception: StoredException, rule: RuleWish): string => rule.upTo ?? exception.amountAtRisk

function scopeOf({ keys }: StoredException, { scope }: RuleWish) {
  const missing = scope.filter((key) => !keys[key])
  return { missing, scope: Object.fromEntries(scope.map((key) => [key, keys[key]])) }
}
