import type { Selectable } from 'kysely'
import type { TombstoneTable } from './schema.js'
import type { StateDatabase } from './store.js'

/** When, and under which retention setting in words. */
export interface Purging {
  readonly at: string
  readonly under: string
}

const BATCH = 500

async function inBatches<T>(all: readonly T[], work: (some: T[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < all.length; from += BATCH) await work(all.slice(from, from + BATCH))
}

/** Every file whose bytes are kept. */
export const keptFiles = (database: StateDatabase) =>
  database.selectFrom('files').selectAll().where('purged_at', 'is', null).orderBy('id').execute()

/** Files with an invoice that is not settled, or loaded and not yet seen in the ERP. */
export async function filesWithInvoicesToCome(database: StateDatabase) {
  const rows = await database
    .selectFrom('documents')
    .select(['file_id', 'state'])
    .where('kind', '=', 'invoice')
    .where('state', 'in', ['open', 'loaded'])
    .orderBy('file_id')
    .orderBy('id')
    .execute()
  return new Map(rows.map(({ file_id, state }) => [file_id, state]))
}

/** What was sent, as files: oldest first. A wrapped load has its readable file beside it. */
export const sentFiles = (database: StateDatabase) =>
  database
    .selectFrom('outbox')
    .leftJoin('loads', 'loads.id', 'outbox.load_id')
    .select(['outbox.id', 'outbox.name', 'outbox.load_id', 'outbox.local_file', 'outbox.queued_at', 'outbox.sent_at'])
    .select('loads.file as load_file')
    .where('outbox.status', '=', 'sent')
    .orderBy('outbox.id')
    .execute()

/** What the loads among these files of the outbox wrote, row by row: it goes with their bytes. */
export const buryLoadPlans = (database: StateDatabase, files: readonly number[]): Promise<void> =>
  inBatches(files, (some) =>
    database
      .deleteFrom('load_plans')
      .where(
        'load_id',
        'in',
        database.selectFrom('outbox').select('load_id').where('id', 'in', some).$castTo<{ load_id: string }>(),
      )
      .execute(),
  )

/** Loads with an invoice that is not seen in the ERP yet. */
export async function loadsToConfirm(database: StateDatabase): Promise<ReadonlySet<string>> {
  const rows = await database
    .selectFrom('load_invoices')
    .innerJoin('documents', 'documents.id', 'load_invoices.invoice_id')
    .select('load_invoices.load_id')
    .distinct()
    .where('documents.state', '=', 'loaded')
    .execute()
  return new Set(rows.map(({ load_id }) => load_id))
}

/** The ledger keeps its line; only the bytes go. Call it, and what follows, inside a transaction. */
export const buryFiles = (database: StateDatabase, ids: readonly number[], { at, under }: Purging): Promise<void> =>
  inBatches(ids, (some) =>
    database.updateTable('files').set({ purged_at: at, purged_under: under }).where('id', 'in', some).execute(),
  )

/** Documents taken before an instant whose content is kept. */
export const keptDocuments = (database: StateDatabase, before: string) =>
  database
    .selectFrom('documents')
    .innerJoin('files', 'files.id', 'documents.file_id')
    .select(['documents.id', 'documents.kind', 'documents.partner', 'documents.state', 'documents.received_on'])
    .select(['documents.business_key', 'files.sha256'])
    .where('documents.purged_at', 'is', null)
    .where('documents.taken_at', '<', before)
    .orderBy('documents.id')
    .execute()

/** Numbers and hashes stay, so that the document is known when it comes again. */
export async function buryDocuments(
  database: StateDatabase,
  ids: readonly string[],
  { at, under }: Purging,
): Promise<void> {
  await inBatches(ids, async (some) => {
    await database.deleteFrom('match_results').where('invoice_id', 'in', some).execute()
    await database.deleteFrom('invoice_results').where('invoice_id', 'in', some).execute()
    const buried = { body: '{}', purged_at: at, purged_under: under }
    await database.updateTable('documents').set(buried).where('id', 'in', some).execute()
  })
}

/** Exceptions that something happened to since an instant: they healed, came back, or were decided. */
export async function exceptionsChangedSince(database: StateDatabase, since: string): Promise<ReadonlySet<number>> {
  const rows = await database
    .selectFrom('exception_events')
    .select('exception_id')
    .distinct()
    .where('at', '>=', since)
    .execute()
  return new Set(rows.map(({ exception_id }) => exception_id))
}

export async function buryExceptions(database: StateDatabase, ids: readonly number[], purging: Purging): Promise<void> {
  await setTombstones(database, 'exceptions', ids.map(String), purging)
  await inBatches(ids, async (some) => {
    await database.deleteFrom('exception_events').where('exception_id', 'in', some).execute()
    await database.deleteFrom('decisions').where('exception_id', 'in', some).execute()
    await database.deleteFrom('escalations_told').where('exception_id', 'in', some).execute()
    await database.deleteFrom('exceptions').where('id', 'in', some).execute()
  })
}

/** Runs that ended, oldest first. */
export const endedRuns = (database: StateDatabase) =>
  database
    .selectFrom('runs')
    .select(['id', 'job', 'as_of', 'started_at', 'status'])
    .where('status', '!=', 'running')
    .orderBy('number')
    .execute()

/** The run's line in the history stays. */
export async function buryRuns(database: StateDatabase, ids: readonly string[], purging: Purging): Promise<void> {
  await setTombstones(database, 'logs', ids, purging)
  await inBatches(ids, async (some) => {
    await database.deleteFrom('steps').where('run_id', 'in', some).execute()
    await database.updateTable('runs').set({ summary: null }).where('id', 'in', some).execute()
    // What they told; what still waits goes out first.
    await database.deleteFrom('notifications').where('run_id', 'in', some).where('status', '!=', 'waiting').execute()
  })
}

/** Which texts a run was judged by, and each text that no other run was judged by. */
export async function burySettings(database: StateDatabase, ids: readonly string[], purging: Purging): Promise<void> {
  await setTombstones(database, 'settings', ids, purging)
  await inBatches(ids, (some) => database.deleteFrom('run_settings').where('run_id', 'in', some).execute())
  await database
    .deleteFrom('settings_texts')
    .where('sha256', 'not in', database.selectFrom('run_settings').select('sha256'))
    .execute()
}

export type Tombstone = Selectable<TombstoneTable>

export const setTombstones = (
  database: StateDatabase,
  of: Tombstone['class'],
  subjects: readonly string[],
  { at, under }: Purging,
): Promise<void> =>
  inBatches(subjects, (some) =>
    database
      .insertInto('tombstones')
      .values(some.map((subject) => ({ class: of, subject, purged_at: at, purged_under: under })))
      .execute(),
  )

export const tombstoneOf = (
  database: StateDatabase,
  of: Tombstone['class'],
  subject: string,
): Promise<Tombstone | undefined> =>
  database
    .selectFrom('tombstones')
    .selectAll()
    .where('class', '=', of)
    .where('subject', '=', subject)
    .executeTakeFirst()

export async function tombstonesOf(database: StateDatabase, of: Tombstone['class']): Promise<ReadonlySet<string>> {
  const rows = await database.selectFrom('tombstones').select('subject').where('class', '=', of).execute()
  return new Set(rows.map(({ subject }) => subject))
}

/** Remembers what is still to go from the disk, so that a purge that dies is finished by the next one. */
export const planRemovals = (database: StateDatabase, paths: readonly string[]): Promise<void> =>
  inBatches(paths, (some) =>
    database
      .insertInto('removals')
      .values(some.map((path) => ({ path })))
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  )

export const plannedRemovals = async (database: StateDatabase): Promise<string[]> =>
  (await database.selectFrom('removals').select('path').orderBy('path').execute()).map(({ path }) => path)

export async function removalDone(database: StateDatabase, path: string): Promise<void> {
  await database.deleteFrom('removals').where('path', '=', path).execute()
}

/** Which of these hashes a file of the ledger still has. */
export async function hashesStillKept(
  database: StateDatabase,
  hashes: readonly string[],
): Promise<ReadonlySet<string>> {
  const kept = new Set<string>()
  await inBatches(hashes, async (some) => {
    const rows = await database
      .selectFrom('files')
      .select('sha256')
      .distinct()
      .where('sha256', 'in', some)
      .where('purged_at', 'is', null)
      .execute()
    for (const { sha256 } of rows) kept.add(sha256)
  })
  return kept
}

/** Whether some file of the ledger still has these bytes: they may have come again since they were purged. */
export async function isKept(database: StateDatabase, sha256: string): Promise<boolean> {
  const row = await database
    .selectFrom('files')
    .select('id')
    .where('sha256', '=', sha256)
    .where('purged_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}
