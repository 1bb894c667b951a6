import type { Selectable } from 'kysely'
import { decimal } from '../canonical/index.js'
import type { Decision, DecisionWord } from '../exceptions/index.js'
import { eachBatch } from './each-batch.js'
import type { DecisionTable } from './schema.js'
import type { StateDatabase } from './store.js'

/** Decisions that have not ended, by the number of their exception: of those given, or of all. */
export async function liveDecisions(
  database: StateDatabase,
  exceptionIds?: readonly number[],
): Promise<ReadonlyMap<number, Decision>> {
  let query = database.selectFrom('decisions').selectAll().where('state', '!=', 'ended')
  if (exceptionIds !== undefined) query = query.where('exception_id', 'in', [...exceptionIds])
  const rows = await query.orderBy('id').execute()
  return new Map(rows.map((row) => [row.exception_id, decisionOf(row)]))
}

/** Of these exceptions the decisions that stand. */
export async function standingDecisionsOf(
  database: StateDatabase,
  exceptionIds: readonly number[],
): Promise<ReadonlyMap<number, Decision>> {
  const live = await eachBatch([...new Set(exceptionIds)], async (some) => [...(await liveDecisions(database, some))])
  return new Map(live.filter(([, { state }]) => state === 'standing'))
}

const decisionOf = (row: Selectable<DecisionTable>): Decision => ({
  decision: row.decision as DecisionWord,
  state: row.state === 'proposed' ? 'proposed' : 'standing',
  amount: decimal(row.amount),
  facts: JSON.parse(row.facts),
  note: row.note,
  decidedBy: row.decided_by,
  decidedAt: row.decided_at,
  via: row.via,
  agreedBy: row.agreed_by,
  agreedAt: row.agreed_at,
  rule: row.rule_id,
})

/** Keeps a decision; what was proposed before it ends. Call it inside the transaction that changes the exception. */
export async function saveDecision(database: StateDatabase, exceptionId: number, decision: Decision): Promise<void> {
  const because = decision.agreedBy === null ? `${decision.decision} by ${decision.decidedBy} instead` : 'agreed'
  await endDecision(database, exceptionId, because, decision.agreedAt ?? decision.decidedAt)
  await database
    .insertInto('decisions')
    .values({
      exception_id: exceptionId,
      decision: decision.decision,
      state: decision.state,
      amount: decision.amount,
      facts: JSON.stringify(decision.facts),
      note: decision.note,
      decided_by: decision.decidedBy,
      decided_at: decision.decidedAt,
      via: decision.via,
      agreed_by: decision.agreedBy,
      agreed_at: decision.agreedAt,
      rule_id: decision.rule,
      ended_at: null,
      ended_because: null,
    })
    .execute()
}

/** Ends what stands or is proposed about an exception; nothing where nothing does. */
export async function endDecision(
  database: StateDatabase,
  exceptionId: number,
  because: string,
  now: string,
): Promise<void> {
  await database
    .updateTable('decisions')
    .set({ state: 'ended', ended_at: now, ended_because: because })
    .where('exception_id', '=', exceptionId)
    .where('state', '!=', 'ended')
    .execute()
}
