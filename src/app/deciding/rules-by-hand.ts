import { MatchbookError } from '../../errors/index.js'
import { appendAudit, decisionRules, type StoredRule, withdrawRule } from '../../state/index.js'
import { openTools, type ToolOptions } from '../compose.js'
import { exceptionId } from '../exceptions/list-exceptions.js'
import { today } from '../given-day.js'
import type { Reading } from '../reading.js'
import { actingPerson } from '../roles/acting-person.js'

/** A rule as --json shows it. */
export interface RuleListing extends Omit<StoredRule, 'fromException'> {
  /** Id of the exception it was made of. */
  readonly fromException: string
}

/** Oldest first; withdrawn and ended ones only when asked for. */
export async function listRules(
  reading: Pick<Reading, 'workspace' | 'state' | 'now'>,
  all: boolean,
): Promise<{ readonly rules: readonly RuleListing[] }> {
  const day = today(reading)
  const rules = (await decisionRules(reading.state.database, { withdrawn: all })).filter(
    ({ until }) => all || until >= day,
  )
  return { rules: rules.map(listing) }
}

const listing = (rule: StoredRule): RuleListing => ({ ...rule, fromException: exceptionId(rule.fromException) })

/** What the rule decided stays decided; nothing later is decided by it. Withdrawn again changes nothing. @throws RULE-UNKNOWN */
export async function withdrawRuleByHand(
  request: ToolOptions & { readonly rule: number; readonly note: string; readonly as: string | undefined },
): Promise<{ readonly rule: RuleListing; readonly done: boolean; readonly dryRun: boolean }> {
  const tools = await openTools(request, 'decide')
  try {
    const done = await tools.state.database.transaction().execute(async (database) => {
      const found = (await decisionRules(database, { withdrawn: true })).find(({ id }) => id === request.rule)
      if (found === undefined) throw new MatchbookError('RULE-UNKNOWN', `there is no rule ${request.rule}`)
      if (found.withdrawnAt !== null) return false
      const [actor, at] = [actingPerson(request.as, tools), tools.now()]
      await withdrawRule(database, found.id, request.as ?? actor, at)
      await appendAudit(database, {
        at,
        actor,
        action: 'rule withdrawn',
        subject: `rule ${found.id}`,
        detail: { note: request.note },
      })
      return true
    })
    const rule = (await decisionRules(tools.state.database, { withdrawn: true })).find(({ id }) => id === request.rule)
    if (rule === undefined) throw new MatchbookError('RULE-UNKNOWN', `there is no rule ${request.rule}`)
    return { rule: listing(rule), done, dryRun: request.dryRun }
  } finally {
    await tools.close()
  }
}
