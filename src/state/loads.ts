import type { Insertable, Selectable } from 'kysely'
import type { StateDatabase } from './open-state.js'
import { type OutboxRow, queueOutbox } from './outbox.js'
import type { LoadDecisionTable, LoadTable } from './schema.js'

export type LoadRow = Selectable<LoadTable>

export interface PlannedLoad {
  readonly load: Insertable<LoadTable>
  readonly invoices: readonly { readonly invoiceId: string; readonly amount: string }[]
  readonly outbox: Pick<OutboxRow, 'endpoint' | 'folder' | 'name' | 'local_file' | 'sha256' | 'size'>
}

const BATCH = 500

/**
 * Books a load: the load, its invoices (each in one load at most: the primary key refuses a second) and its place in the outbox.
 * Call it inside the transaction that also marks the documents.
 */
export async function saveLoad(database: StateDatabase, { load, invoices, outbox }: PlannedLoad): Promise<void> {
  await database.insertInto('loads').values(load).execute()
  for (let from = 0; from < invoices.length; from += BATCH) {
    await database
      .insertInto('load_invoices')
      .values(
        invoices
          .slice(from, from + BATCH)
          .map(({ invoiceId, amount }) => ({ invoice_id: invoiceId, amount, load_id: load.id })),
      )
      .execute()
  }
  const { idempotency_key, id: load_id, planned_at } = load
  await queueOutbox(database, { ...outbox, idempotency_key, load_id }, planned_at)
}

export type LoadDecision = Omit<LoadDecisionTable, 'load_id'>

/** Keeps with a load the decisions that its held invoices went into it by. */
export async function saveLoadDecisions(
  database: StateDatabase,
  loadId: string,
  decisions: readonly LoadDecision[],
): Promise<void> {
  for (let from = 0; from < decisions.length; from += BATCH) {
    await database
      .insertInto('load_decisions')
      .values(decisions.slice(from, from + BATCH).map((decision) => ({ ...decision, load_id: loadId })))
      .execute()
  }
}

export const decisionsOfLoad = (database: StateDatabase, loadId: string): Promise<LoadDecisionTable[]> =>
  database.selectFrom('load_decisions').selectAll().where('load_id', '=', loadId).orderBy('exception_id').execute()

export const loadsOfJob = (database: StateDatabase, job: string): Promise<LoadRow[]> =>
  database.selectFrom('loads').selectAll().where('job', '=', job).orderBy('planned_at').orderBy('id').execute()

export const loadOfRun = (database: StateDatabase, runId: string): Promise<LoadRow | undefined> =>
  database.selectFrom('loads').selectAll().where('run_id', '=', runId).executeTakeFirst()

/** Invoices that a run put into its load. */
export async function invoicesLoadedBy(database: StateDatabase, runId: string): Promise<ReadonlySet<string>> {
  const rows = await database
    .selectFrom('load_invoices')
    .innerJoin('loads', 'loads.id', 'load_invoices.load_id')
    .select('load_invoices.invoice_id')
    .where('loads.run_id', '=', runId)
    .execute()
  return new Set(rows.map(({ invoice_id }) => invoice_id))
}
