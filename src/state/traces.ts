import { type Selectable, sql } from 'kysely'
import { eachBatch } from './each-batch.js'
import { exceptionsOfIds, type StoredException } from './exceptions.js'
import type { FileRow } from './files.js'
import type {
  AuditTable,
  DecisionTable,
  DocumentTable,
  ExceptionEventTable,
  LoadTable,
  MatchResultTable,
  OutboxTable,
  ResultRowTable,
  X12ReceivedTable,
  X12SentSetTable,
  X12SentTable,
} from './schema.js'
import type { StateDatabase } from './store.js'

/** What the store holds about one thing. Values are looked for in stored JSON as `"name":"value"`, exactly. */

/** LIKE narrows down by content; its escapes and case rules differ between stores, so each hit is looked at again. */
const within = (column: string, text: string) =>
  sql<boolean>`${sql.ref(column)} LIKE ${`%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`} ESCAPE '\\'`
const named = (name: string, value: string): string => `${JSON.stringify(name)}:${JSON.stringify(value)}`

export type TracedDocument = Selectable<DocumentTable>

export async function documentsNaming(
  database: StateDatabase,
  name: string,
  value: string,
  kind?: string,
): Promise<TracedDocument[]> {
  const text = named(name, value)
  const rows = await database
    .selectFrom('documents')
    .selectAll()
    .where(within('body', text))
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? ''))
    .orderBy('file_id')
    .orderBy('byte_offset')
    .execute()
  return rows.filter(({ body }) => body.includes(text))
}

export const documentsOfFile = (database: StateDatabase, fileId: number): Promise<TracedDocument[]> =>
  database.selectFrom('documents').selectAll().where('file_id', '=', fileId).orderBy('byte_offset').execute()

export const documentsOfIds = (database: StateDatabase, ids: readonly string[]): Promise<TracedDocument[]> =>
  eachBatch(ids, (some) => database.selectFrom('documents').selectAll().where('id', 'in', some).orderBy('id').execute())

export type TracedResult = Selectable<MatchResultTable>

export async function resultsNaming(database: StateDatabase, name: string, value: string): Promise<TracedResult[]> {
  const text = named(name, value)
  const rows = await database
    .selectFrom('match_results')
    .selectAll()
    .where(within('result', text))
    .orderBy('invoice_id')
    .orderBy('sequence')
    .execute()
  return rows.filter(({ result }) => result.includes(text))
}

export const resultsOfInvoices = (database: StateDatabase, ids: readonly string[]): Promise<TracedResult[]> =>
  eachBatch(ids, (some) =>
    database
      .selectFrom('match_results')
      .selectAll()
      .where('invoice_id', 'in', some)
      .orderBy('invoice_id')
      .orderBy('sequence')
      .execute(),
  )

export type TracedRow = Selectable<ResultRowTable>

/** Rows of the matchers' tables in which a column has the value. */
export async function resultRowsWith(
  database: StateDatabase,
  columns: readonly string[],
  value: string,
): Promise<TracedRow[]> {
  const texts = columns.map((column) => named(column, value))
  const rows = await database
    .selectFrom('result_rows')
    .selectAll()
    .where((eb) => eb.or(texts.map((text) => within('row', text))))
    .orderBy('job')
    .orderBy('table_name')
    .orderBy('sequence')
    .execute()
  return rows.filter(({ row }) => texts.some((text) => row.includes(text)))
}

export async function exceptionsNaming(
  database: StateDatabase,
  column: 'keys' | 'evidence',
  name: string,
  value: string,
): Promise<StoredException[]> {
  const text = named(name, value)
  const rows = await database
    .selectFrom('exceptions')
    .select(['id', column])
    .where(within(column, text))
    .orderBy('id')
    .execute()
  const ids = rows.filter((row) => row[column]?.includes(text)).map(({ id }) => id)
  return exceptionsOfIds(database, ids)
}

export async function exceptionsOfDocuments(
  database: StateDatabase,
  documents: readonly string[],
): Promise<StoredException[]> {
  const rows = await eachBatch(documents, (some) =>
    database.selectFrom('exceptions').select('id').where('document', 'in', some).execute(),
  )
  return exceptionsOfIds(
    database,
    rows.map(({ id }) => id),
  )
}

export const filesOfIds = (database: StateDatabase, ids: readonly number[]): Promise<FileRow[]> =>
  eachBatch(ids, (some) => database.selectFrom('files').selectAll().where('id', 'in', some).orderBy('id').execute())

export const eventsOf = (
  database: StateDatabase,
  exceptions: readonly number[],
): Promise<Selectable<ExceptionEventTable>[]> =>
  eachBatch(exceptions, (some) =>
    database
      .selectFrom('exception_events')
      .selectAll()
      .where('exception_id', 'in', some)
      .orderBy('at')
      .orderBy('exception_id')
      .orderBy('number')
      .execute(),
  )

/** Those that ended too. */
export const decisionsOf = (
  database: StateDatabase,
  exceptions: readonly number[],
): Promise<Selectable<DecisionTable>[]> =>
  eachBatch(exceptions, (some) =>
    database.selectFrom('decisions').selectAll().where('exception_id', 'in', some).orderBy('id').execute(),
  )

export type TracedLoad = Selectable<LoadTable> & { readonly invoice_id: string; readonly invoice_amount: string }

export const loadsOfInvoices = (database: StateDatabase, invoices: readonly string[]): Promise<TracedLoad[]> =>
  eachBatch(invoices, (some) =>
    database
      .selectFrom('load_invoices')
      .innerJoin('loads', 'loads.id', 'load_invoices.load_id')
      .selectAll('loads')
      .select(['load_invoices.invoice_id', 'load_invoices.amount as invoice_amount'])
      .where('load_invoices.invoice_id', 'in', some)
      .orderBy('loads.planned_at')
      .orderBy('load_invoices.invoice_id')
      .execute(),
  )

/** Loads that hold, or held, a row of a matcher's table whose key has the value. */
export async function loadsOfRowsWith(database: StateDatabase, value: string) {
  const text = JSON.stringify(value)
  const rows = await database
    .selectFrom('load_rows')
    .innerJoin('loads', 'loads.id', 'load_rows.load_id')
    .selectAll('loads')
    .select(['load_rows.table_name', 'load_rows.row_key', 'load_rows.content_hash', 'load_rows.confirmed_at'])
    .where(within('load_rows.row_key', text))
    .orderBy('loads.planned_at')
    .orderBy('load_rows.row_key')
    .execute()
  return rows.filter(({ row_key }) => row_key.includes(text))
}
export type TracedLoadRow = Awaited<ReturnType<typeof loadsOfRowsWith>>[number]

export const loadsReversing = (database: StateDatabase, loads: readonly string[]) =>
  eachBatch(loads, (some) =>
    database.selectFrom('loads').selectAll().where('reverses', 'in', some).orderBy('planned_at').execute(),
  )

export type Delivery = Selectable<OutboxTable>

export const deliveriesOfLoads = (database: StateDatabase, loads: readonly string[]): Promise<Delivery[]> =>
  eachBatch(loads, (some) =>
    database.selectFrom('outbox').selectAll().where('load_id', 'in', some).orderBy('id').execute(),
  )

export type Received = Selectable<X12ReceivedTable>

export const interchangesOfFiles = (database: StateDatabase, files: readonly number[]): Promise<Received[]> =>
  eachBatch(files, (some) =>
    database.selectFrom('x12_received').selectAll().where('file_id', 'in', some).orderBy('id').execute(),
  )

/** Our TA1, 997 and 999 that answer a file, by the hash of the file. */
export const answersToFile = (database: StateDatabase, sha256: string): Promise<Delivery[]> =>
  database
    .selectFrom('outbox')
    .selectAll()
    .where(within('idempotency_key', `acknowledgment ${sha256} `))
    .orderBy('id')
    .execute()

export type SentSet = Selectable<X12SentSetTable> &
  Pick<Selectable<X12SentTable>, 'partner_name' | 'interchange_control' | 'idempotency_key'> & {
    readonly answered_at: string | null
  }

/** Transaction sets that we wrote about this number, each with what the partner answered to its group. */
export const sentSetsOf = (database: StateDatabase, businessKey: string): Promise<SentSet[]> =>
  database
    .selectFrom('x12_sent_sets')
    .innerJoin('x12_sent', 'x12_sent.id', 'x12_sent_sets.sent_id')
    .innerJoin('x12_sent_groups', (join) =>
      join
        .onRef('x12_sent_groups.sent_id', '=', 'x12_sent_sets.sent_id')
        .onRef('x12_sent_groups.group_control', '=', 'x12_sent_sets.group_control'),
    )
    .selectAll('x12_sent_sets')
    .select(['x12_sent.partner_name', 'x12_sent.interchange_control', 'x12_sent.idempotency_key'])
    .select('x12_sent_groups.answered_at')
    .where('x12_sent_sets.business_key', '=', businessKey)
    .orderBy('x12_sent_sets.sent_id')
    .orderBy('x12_sent_sets.control')
    .execute()

export const deliveriesOfKeys = (database: StateDatabase, keys: readonly string[]): Promise<Delivery[]> =>
  eachBatch(keys, (some) =>
    database.selectFrom('outbox').selectAll().where('idempotency_key', 'in', some).orderBy('id').execute(),
  )

/** Entries of the audit chain by which a run says that it found the invoice in the ERP's vouchers. */
export async function confirmationsOf(
  database: StateDatabase,
  invoice: string,
): Promise<Pick<Selectable<AuditTable>, 'at' | 'actor'>[]> {
  const rows = await database
    .selectFrom('audit')
    .select(['at', 'actor', 'detail'])
    .where('action', '=', 'exceptions settled')
    .where(within('detail', JSON.stringify(invoice)))
    .orderBy('sequence')
    .execute()
  return rows.filter(({ detail }) =>
    (JSON.parse(detail) as { confirmed?: readonly string[] }).confirmed?.includes(invoice),
  )
}

/** When each of these runs began to match: before it raises anything, sees a voucher or plans a load. */
export const matchedAt = (database: StateDatabase, runs: readonly string[]) =>
  eachBatch(runs, (some) =>
    database
      .selectFrom('runs')
      .leftJoin('steps', (join) => join.onRef('steps.run_id', '=', 'runs.id').on('steps.name', '=', 'settle'))
      .select((eb) => ['runs.id', eb.fn.coalesce('steps.started_at', 'runs.started_at').as('at')])
      .where('runs.id', 'in', some)
      .orderBy('runs.id')
      .execute(),
  )

/** Numbers that documents of these kinds go by; of every kind where none is named. */
export async function knownNumbers(database: StateDatabase, kinds: readonly string[]): Promise<string[]> {
  const rows = await database
    .selectFrom('documents')
    .select('business_key')
    .distinct()
    .where('kind', 'in', [...kinds])
    .orderBy('business_key')
    .execute()
  return rows.map(({ business_key }) => business_key)
}

/** Values of one key of the exceptions. */
export async function knownKeys(database: StateDatabase, name: string): Promise<string[]> {
  const rows = await database
    .selectFrom('exceptions')
    .select('keys')
    .where(within('keys', `"${name}":`))
    .orderBy('id')
    .execute()
  return [...new Set(rows.flatMap(({ keys }) => (JSON.parse(keys) as Record<string, string>)[name] ?? []))]
}

export async function knownFileNames(database: StateDatabase): Promise<string[]> {
  const rows = await database.selectFrom('files').select('name').distinct().orderBy('name').execute()
  return rows.map(({ name }) => name)
}
