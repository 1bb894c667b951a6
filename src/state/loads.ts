import type { Insertable, Selectable } from 'kysely'
import { eachBatch } from './each-batch.js'
import { type OutboxRow, queueOutbox } from './outbox.js'
import type { LoadDecisionTable, LoadRowTable, LoadStatus, LoadTable } from './schema.js'
import type { StateDatabase } from './store.js'

export type LoadRow = Selectable<LoadTable>

export interface PlannedLoad {
  readonly load: Insertable<LoadTable>
  readonly invoices: readonly { readonly invoiceId: string; readonly amount: string }[]
  /** Rows of the matcher's tables. */
  readonly rows: readonly RowIdentity[]
  /** Undefined: it waits for approval, or its place in the outbox is taken by whoever books it. */
  readonly outbox?: LoadDelivery
}

/** What goes out, and where to. */
export type LoadDelivery = Pick<OutboxRow, 'endpoint' | 'folder' | 'name' | 'local_file' | 'sha256' | 'size'>

/** A row of a matcher's table: what it is about, and all that is written of it. */
export type RowIdentity = Pick<LoadRowTable, 'table_name' | 'row_key' | 'content_hash'>

const BATCH = 500

/**
 * Books a load: the load, its invoices and rows (each on its way once at most: the keys of their tables refuse a second) and its place
 * in the outbox.
 * Call it inside the transaction that also marks the documents.
 */
export async function saveLoad(database: StateDatabase, { load, invoices, rows, outbox }: PlannedLoad): Promise<void> {
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
  for (let from = 0; from < rows.length; from += BATCH) {
    await database
      .insertInto('load_rows')
      .values(
        rows.slice(from, from + BATCH).map((row) => ({ ...row, job: load.job, load_id: load.id, confirmed_at: null })),
      )
      .execute()
  }
  const { idempotency_key, id: load_id, planned_at } = load
  if (outbox !== undefined) await queueOutbox(database, { ...outbox, idempotency_key, load_id }, planned_at)
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

export const findLoad = (database: StateDatabase, id: string): Promise<LoadRow | undefined> =>
  database.selectFrom('loads').selectAll().where('id', '=', id).executeTakeFirst()

export const loadOfKey = (database: StateDatabase, key: string): Promise<LoadRow | undefined> =>
  database.selectFrom('loads').selectAll().where('idempotency_key', '=', key).executeTakeFirst()

export interface LoadFilter {
  readonly job?: string
  readonly statuses?: readonly LoadStatus[]
}

/** Newest first. */
export async function listLoads(database: StateDatabase, { job, statuses }: LoadFilter = {}): Promise<LoadRow[]> {
  let query = database.selectFrom('loads').selectAll()
  if (job !== undefined) query = query.where('job', '=', job)
  if (statuses !== undefined) query = query.where('status', 'in', [...statuses])
  return query.orderBy('planned_at', 'desc').orderBy('id', 'desc').execute()
}

/** Loads that were sent and of which some row is not seen in the ERP, oldest first; those that take others back too. */
export const loadsNotWhollySeen = (database: StateDatabase): Promise<LoadRow[]> =>
  database
    .selectFrom('loads')
    .selectAll()
    .where('status', '=', 'sent')
    .where((eb) =>
      eb.or([
        eb('reverses', 'is not', null),
        eb.exists(
          eb
            .selectFrom('load_invoices')
            .innerJoin('documents', 'documents.id', 'load_invoices.invoice_id')
            .select('load_invoices.invoice_id')
            .whereRef('load_invoices.load_id', '=', 'loads.id')
            .where('load_invoices.given_back_at', 'is', null)
            .where('documents.state', '=', 'loaded'),
        ),
        eb.exists(
          eb
            .selectFrom('load_rows')
            .select('load_rows.row_key')
            .whereRef('load_rows.load_id', '=', 'loads.id')
            .where('load_rows.confirmed_at', 'is', null)
            .where('load_rows.given_back_at', 'is', null)
            .where('load_rows.taken_back_at', 'is', null),
        ),
      ]),
    )
    .orderBy('planned_at')
    .orderBy('id')
    .execute()

export const setLoadStatus = async (database: StateDatabase, id: string, status: LoadStatus): Promise<void> => {
  await database.updateTable('loads').set({ status }).where('id', '=', id).execute()
}

/** Documents of the invoices that a load holds and has not given back. */
export const invoicesOfLoad = (database: StateDatabase, loadId: string) =>
  database
    .selectFrom('load_invoices')
    .innerJoin('documents', 'documents.id', 'load_invoices.invoice_id')
    .select(['load_invoices.invoice_id', 'load_invoices.amount', 'load_invoices.given_back_at'])
    .select(['documents.state', 'documents.business_key'])
    .where('load_invoices.load_id', '=', loadId)
    .orderBy('load_invoices.invoice_id')
    .execute()
export type InvoiceOfLoad = Awaited<ReturnType<typeof invoicesOfLoad>>[number]

export const rowsOfLoad = (database: StateDatabase, loadId: string) =>
  database
    .selectFrom('load_rows')
    .selectAll()
    .where('load_id', '=', loadId)
    .orderBy('table_name')
    .orderBy('row_key')
    .execute()
export type RowOfLoad = Awaited<ReturnType<typeof rowsOfLoad>>[number]

/** What the load held may go into another; of rows and invoices those named, or all. */
export async function giveBack(
  database: StateDatabase,
  loadId: string,
  now: string,
  only?: { readonly invoices: readonly string[]; readonly rows: readonly RowIdentity[] },
): Promise<void> {
  if (only === undefined) {
    for (const table of ['load_invoices', 'load_rows'] as const)
      await database
        .updateTable(table)
        .set({ given_back_at: now })
        .where('load_id', '=', loadId)
        .where('given_back_at', 'is', null)
        .execute()
    return
  }
  for (const invoice of only.invoices)
    await database
      .updateTable('load_invoices')
      .set({ given_back_at: now })
      .where('load_id', '=', loadId)
      .where('invoice_id', '=', invoice)
      .where('given_back_at', 'is', null)
      .execute()
  for (const { table_name, row_key, content_hash } of only.rows)
    await database
      .updateTable('load_rows')
      .set({ given_back_at: now })
      .where('load_id', '=', loadId)
      .where('table_name', '=', table_name)
      .where('row_key', '=', row_key)
      .where('content_hash', '=', content_hash)
      .where('given_back_at', 'is', null)
      .execute()
}

/** These rows of a load are taken back: they are not asked of the ERP again as they were. */
export async function takeRowsBack(
  database: StateDatabase,
  loadId: string,
  rows: readonly RowIdentity[],
  now: string,
): Promise<void> {
  for (const { table_name, row_key, content_hash } of rows)
    await database
      .updateTable('load_rows')
      .set({ taken_back_at: now })
      .where('load_id', '=', loadId)
      .where('table_name', '=', table_name)
      .where('row_key', '=', row_key)
      .where('content_hash', '=', content_hash)
      .execute()
}

/** Rows that were sent once and taken back. */
export const rowsTakenBack = (database: StateDatabase, job: string): Promise<RowIdentity[]> =>
  database
    .selectFrom('load_rows')
    .select(['table_name', 'row_key', 'content_hash'])
    .where('job', '=', job)
    .where('taken_back_at', 'is not', null)
    .execute()

/** Rows written to the ERP, or about to be, that no extract has shown yet, each with its load. */
export const rowsOnTheirWay = (database: StateDatabase, job: string) =>
  database
    .selectFrom('load_rows')
    .innerJoin('loads', 'loads.id', 'load_rows.load_id')
    .select([
      'load_rows.table_name',
      'load_rows.row_key',
      'load_rows.content_hash',
      'load_rows.load_id',
      'loads.sent_at',
      'loads.status',
      'loads.template',
    ])
    .where('load_rows.job', '=', job)
    .where('load_rows.confirmed_at', 'is', null)
    .where('load_rows.given_back_at', 'is', null)
    .where('load_rows.taken_back_at', 'is', null)
    .orderBy('load_rows.load_id')
    .orderBy('load_rows.table_name')
    .orderBy('load_rows.row_key')
    .execute()
export type RowOnItsWay = Awaited<ReturnType<typeof rowsOnTheirWay>>[number]

/** Invoices sent before an instant that no voucher shows yet, each with its load. */
export const invoicesOnTheirWay = (database: StateDatabase, job: string, sentBefore: string) =>
  database
    .selectFrom('load_invoices')
    .innerJoin('loads', 'loads.id', 'load_invoices.load_id')
    .innerJoin('documents', 'documents.id', 'load_invoices.invoice_id')
    .select(['load_invoices.invoice_id', 'load_invoices.load_id', 'load_invoices.amount', 'documents.business_key'])
    .select(['loads.sent_at', 'loads.invoices'])
    .where('loads.job', '=', job)
    .where('loads.status', '=', 'sent')
    .where('loads.sent_at', '<', sentBefore)
    .where('load_invoices.given_back_at', 'is', null)
    .where('documents.state', '=', 'loaded')
    .orderBy('load_invoices.load_id')
    .orderBy('documents.business_key')
    .execute()

/** The ERP has taken these rows: the same may be asked of it again. */
export async function confirmRows(
  database: StateDatabase,
  job: string,
  rows: readonly RowIdentity[],
  now: string,
): Promise<void> {
  for (const { table_name, row_key, content_hash } of rows) {
    await database
      .updateTable('load_rows')
      .set({ confirmed_at: now })
      .where('job', '=', job)
      .where('table_name', '=', table_name)
      .where('row_key', '=', row_key)
      .where('content_hash', '=', content_hash)
      .where('confirmed_at', 'is', null)
      .where('given_back_at', 'is', null)
      .execute()
  }
}

/** Of these invoices those that a load holds which has not given them back. */
export async function invoicesInLoads(
  database: StateDatabase,
  invoices: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await eachBatch(invoices, (some) =>
    database
      .selectFrom('load_invoices')
      .select('invoice_id')
      .where('invoice_id', 'in', some)
      .where('given_back_at', 'is', null)
      .execute(),
  )
  return new Set(rows.map(({ invoice_id }) => invoice_id))
}

/** Invoices that a run put into its load, and that are still in it. */
export async function invoicesLoadedBy(database: StateDatabase, runId: string): Promise<ReadonlySet<string>> {
  const rows = await database
    .selectFrom('load_invoices')
    .innerJoin('loads', 'loads.id', 'load_invoices.load_id')
    .select('load_invoices.invoice_id')
    .where('loads.run_id', '=', runId)
    .where('load_invoices.given_back_at', 'is', null)
    .execute()
  return new Set(rows.map(({ invoice_id }) => invoice_id))
}
