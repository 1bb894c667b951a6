import type { Insertable, Selectable } from 'kysely'
import { decimal, type ExceptionCode } from '../canonical/index.js'
import type { DecisionRule, DecisionWord } from '../exceptions/index.js'
import type { DecisionRuleTable } from './schema.js'
import type { StateDatabase } from './store.js'

export interface StoredRule extends DecisionRule {
  readonly madeAt: string
  /** Number of the exception it was made of. */
  readonly fromException: number
  readonly withdrawnBy: string | null
  readonly withdrawnAt: string | null
}

/** Oldest first. */
export async function decisionRules(
  database: StateDatabase,
  { withdrawn }: { readonly withdrawn: boolean },
): Promise<StoredRule[]> {
  let query = database.selectFrom('decision_rules').selectAll()
  if (!withdrawn) query = query.where('withdrawn_at', 'is', null)
  return (await query.orderBy('id').execute()).map(ruleOf)
}

const ruleOf = (row: Selectable<DecisionRuleTable>): StoredRule => ({
  id: row.id,
  code: row.code as ExceptionCode,
  decision: row.decision as DecisionWord,
  scope: JSON.parse(row.scope),
  upTo: decimal(row.up_to),
  currency: row.currency,
  until: row.until,
  note: row.note,
  madeBy: row.made_by,
  madeAt: row.made_at,
  fromException: row.from_exception,
  withdrawnBy: row.withdrawn_by,
  withdrawnAt: row.withdrawn_at,
})

/** @returns its number */
export async function saveRule(
  database: StateDatabase,
  rule: Omit<DecisionRule, 'id'> & {
    readonly currency: string
    readonly madeAt: string
    readonly fromException: number
  },
): Promise<number> {
  const row: Insertable<DecisionRuleTable> = {
    code: rule.code,
    decision: rule.decision,
    scope: JSON.stringify(rule.scope),
    up_to: rule.upTo,
    currency: rule.currency,
    until: rule.until,
    note: rule.note,
    made_by: rule.madeBy,
    made_at: rule.madeAt,
    from_exception: rule.fromException,
    withdrawn_by: null,
    withdrawn_at: null,
  }
  const { id } = await database.insertInto('decision_rules').values(row).returning('id').executeTakeFirstOrThrow()
  return id
}

/** What it decided before stays decided. */
export async function withdrawRule(database: StateDatabase, id: number, by: string, now: string): Promise<void> {
  await database
    .updateTable('decision_rules')
    .set({ withdrawn_by: by, withdrawn_at: now })
    .where('id', '=', id)
    .execute()
}
