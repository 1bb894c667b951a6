import { type Insertable, type Selectable, sql } from 'kysely'
import type { Finding } from '../canonical/index.js'
import type { StateDatabase } from './open-state.js'
import type { Disposition, DropTable, FileTable } from './schema.js'

export type FileRow = Selectable<FileTable>
export type NewFile = Insertable<FileTable>

/** The file last taken from this place under this name, with what it looked like then. */
export const dropAt = (
  database: StateDatabase,
  endpoint: string,
  path: string,
): Promise<Selectable<DropTable> | undefined> =>
  database.selectFrom('drops').selectAll().where('endpoint', '=', endpoint).where('path', '=', path).executeTakeFirst()

/**
 * Books a file taken, with the place it came from, in one transaction. The same bytes taken before by the same input make it a
 * duplicate: kept in the ledger, never processed. A snapshot is never one: an extract that says tonight what it said last night is
 * news, namely that nothing changed.
 */
export async function recordFile(
  database: StateDatabase,
  file: Omit<NewFile, 'disposition' | 'reason'>,
  path: string,
  isSnapshot: boolean,
): Promise<{ id: number; disposition: 'taken' | 'duplicate' }> {
  return database.transaction().execute(async (transaction) => {
    const original = isSnapshot
      ? undefined
      : await originalOf(transaction, { job: file.job, input: file.input, sha256: file.sha256 })
    const disposition = original === undefined ? 'taken' : 'duplicate'
    const reason = original === undefined ? null : `same bytes as ${original.name}`
    const { id } = await transaction
      .insertInto('files')
      .values({ ...file, disposition, reason })
      .returning('id')
      .executeTakeFirstOrThrow()
    const drop = { size: file.size, modified: file.modified, file_id: id, settled_at: null }
    await transaction
      .insertInto('drops')
      .values({ endpoint: file.endpoint, path, ...drop })
      .onConflict((conflict) => conflict.columns(['endpoint', 'path']).doUpdateSet(drop))
      .execute()
    return { id, disposition }
  })
}

/** The file that brought these bytes to the input first. */
export const originalOf = (
  database: StateDatabase,
  { job, input, sha256 }: Pick<FileRow, 'job' | 'input' | 'sha256'>,
): Promise<Pick<FileRow, 'id' | 'name'> | undefined> =>
  database
    .selectFrom('files')
    .select(['id', 'name'])
    .where('job', '=', job)
    .where('input', '=', input)
    .where('sha256', '=', sha256)
    .where('disposition', '!=', 'duplicate')
    .executeTakeFirst()

export async function settleDrop(database: StateDatabase, endpoint: string, path: string, now: string): Promise<void> {
  await database
    .updateTable('drops')
    .set({ settled_at: now })
    .where('endpoint', '=', endpoint)
    .where('path', '=', path)
    .execute()
}

/** Files of some inputs in some dispositions whose bytes are still kept, in the order in which they were taken. */
export const filesOf = (
  database: StateDatabase,
  job: string,
  inputs: readonly string[],
  dispositions: readonly Disposition[],
): Promise<FileRow[]> =>
  database
    .selectFrom('files')
    .selectAll()
    .where('job', '=', job)
    .where('input', 'in', [...inputs])
    .where('disposition', 'in', [...dispositions])
    .where('purged_at', 'is', null)
    .orderBy('id')
    .execute()

export async function setDisposition(
  database: StateDatabase,
  id: number,
  change: {
    readonly disposition: Disposition
    readonly reason?: string | null
    readonly records?: number | null
    readonly accepted?: number | null
    readonly rejected?: number | null
  },
): Promise<void> {
  await database.updateTable('files').set(change).where('id', '=', id).execute()
}

export async function saveFileFindings(
  database: StateDatabase,
  fileId: number,
  findings: readonly Finding[],
): Promise<void> {
  for (const [sequence, finding] of findings.entries()) {
    await database
      .insertInto('file_findings')
      .values({ file_id: fileId, sequence, finding: JSON.stringify(finding) })
      .execute()
  }
}

/** Findings that stay true of the job's files; of one that was discarded nobody wants to hear any more. */
export async function standingFindings(database: StateDatabase, job: string): Promise<Finding[]> {
  const rows = await database
    .selectFrom('file_findings')
    .innerJoin('files', 'files.id', 'file_findings.file_id')
    .select('file_findings.finding')
    .where('files.job', '=', job)
    .where('files.disposition', '!=', 'discarded')
    .orderBy('file_findings.file_id')
    .orderBy('file_findings.sequence')
    .execute()
  return rows.map(({ finding }) => JSON.parse(finding) as Finding)
}

/** Files that a run took in, duplicates too. */
export const filesTakenBy = (database: StateDatabase, runId: string): Promise<FileRow[]> =>
  database.selectFrom('files').selectAll().where('run_id', '=', runId).orderBy('id').execute()

/** How many files a drop has brought since an instant, and when its last was taken; the same bytes again are none. */
export async function takenSince(
  database: StateDatabase,
  { job, input, endpoint, folder }: Pick<FileRow, 'job' | 'input' | 'endpoint' | 'folder'>,
  since: string,
): Promise<{ readonly came: number; readonly last: string | null }> {
  const below = `${folder}/`
  const { came, last } = await database
    .selectFrom('files')
    .select((eb) => [
      eb.fn.countAll<number>().filterWhere('taken_at', '>=', since).as('came'),
      eb.fn.max<string | null>('taken_at').as('last'),
    ])
    .where('job', '=', job)
    .where('input', '=', input)
    .where('endpoint', '=', endpoint)
    .where((eb) => eb.or([eb('folder', '=', folder), eb(sql<string>`substr(folder, 1, ${below.length})`, '=', below)]))
    .where('disposition', '!=', 'duplicate')
    .where('wrapped_in', 'is', null)
    .executeTakeFirstOrThrow()
  return { came, last }
}

export interface FileFilter {
  readonly disposition?: Disposition
  readonly partner?: string
  readonly limit: number
}

/** Newest first. */
export const listFiles = (database: StateDatabase, filter: FileFilter): Promise<FileRow[]> => {
  let query = database.selectFrom('files').selectAll()
  if (filter.disposition !== undefined) query = query.where('disposition', '=', filter.disposition)
  if (filter.partner !== undefined) query = query.where('partner', '=', filter.partner)
  return query.orderBy('id', 'desc').limit(filter.limit).execute()
}

/** By number, name or the beginning of the hash (8 digits and more). */
export const findFiles = (database: StateDatabase, wanted: string): Promise<FileRow[]> =>
  database
    .selectFrom('files')
    .selectAll()
    .where((where) =>
      where.or([
        where('name', '=', wanted),
        ...(/^\d{1,15}$/.test(wanted) ? [where('id', '=', Number(wanted))] : []),
        ...(/^[0-9a-f]{8,64}$/.test(wanted) ? [where('sha256', 'like', `${wanted}%`)] : []),
      ]),
    )
    .orderBy('id')
    .execute()

/** What a file brought: its documents and the findings that stand against it. */
export async function fileContents(database: StateDatabase, id: number) {
  const documents = await database
    .selectFrom('documents')
    .select(['id', 'kind', 'business_key', 'state', 'transaction_control', 'byte_offset', 'byte_length'])
    .where('file_id', '=', id)
    .orderBy('byte_offset')
    .execute()
  const findings = await database
    .selectFrom('file_findings')
    .select('finding')
    .where('file_id', '=', id)
    .orderBy('sequence')
    .execute()
  return { documents, findings: findings.map(({ finding }) => JSON.parse(finding) as Finding) }
}
