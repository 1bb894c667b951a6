import type { Insertable, Selectable } from 'kysely'
import type { StateDatabase } from './open-state.js'
import type { LoadTable, OutboxTable } from './schema.js'

export type LoadRow = Selectable<LoadTable>
export type OutboxRow = Selectable<OutboxTable>

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
  await database
    .insertInto('outbox')
    .values({
      ...outbox,
      idempotency_key: load.idempotency_key,
      load_id: load.id,
      status: 'waiting',
      attempts: 0,
      last_error: null,
      queued_at: load.planned_at,
      sent_at: null,
    })
    .execute()
}

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

/** What still has to go out, oldest first: the order per stream is the order of queueing. */
export const waitingOutbox = (database: StateDatabase): Promise<OutboxRow[]> =>
  database.selectFrom('outbox').selectAll().where('status', '=', 'waiting').orderBy('id').execute()

export async function outboxSent(database: StateDatabase, item: OutboxRow, now: string): Promise<void> {
  await database
    .updateTable('outbox')
    .set((eb) => ({ status: 'sent', sent_at: now, last_error: null, attempts: eb('attempts', '+', 1) }))
    .where('id', '=', item.id)
    .execute()
  if (item.load_id !== null) {
    await database.updateTable('loads').set({ status: 'sent', sent_at: now }).where('id', '=', item.load_id).execute()
  }
}

export async function outboxFailed(database: StateDatabase, item: OutboxRow, error: string): Promise<void> {
  await database
    .updateTable('outbox')
    .set((eb) => ({ last_error: error, attempts: eb('attempts', '+', 1) }))
    .where('id', '=', item.id)
    .execute()
}
