import { type Expression, type ExpressionBuilder, type Insertable, type Selectable, type SqlBool, sql } from 'kysely'
import type { Finding } from '../canonical/index.js'
import { eachBatch } from './each-batch.js'
import type { Disposition, DropTable, FileTable, Tables } from './schema.js'
import { shareRunsOf } from './share-runs.js'
import type { StateDatabase } from './store.js'

export type FileRow = Selectable<FileTable>
export type NewFile = Insertable<FileTable>

/** Of these places the files last taken from them under these names, with what they looked like then. */
export async function dropsAt(
  database: StateDatabase,
  endpoint: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, Selectable<DropTable>>> {
  const rows = await eachBatch(paths, (some) =>
    database.selectFrom('drops').selectAll().where('endpoint', '=', endpoint).where('path', 'in', some).execute(),
  )
  return new Map(rows.map((row) => [row.path, row]))
}

/** A file taken, and where it lay: folder and name at the endpoint. */
export type FileFrom = Omit<NewFile, 'disposition' | 'reason'> & { readonly path: string }

/**
 * Books files taken, with the places they came from. The same bytes taken before by the same input, from the same partner, make one a
 * duplicate: kept in the ledger, never processed. A snapshot is never one: an extract that says tonight what it said last night is news,
 * namely that nothing changed. Call it inside a transaction, with files of one job and input.
 */
export async function recordFiles(
  database: StateDatabase,
  files: readonly FileFrom[],
  isSnapshot: boolean,
): Promise<readonly { readonly id: number; readonly disposition: 'taken' | 'duplicate' }[]> {
  const originals = isSnapshot ? undefined : await namesOfOriginals(database, files)
  return eachBatch(files, async (some) => {
    const judged = some.map(({ path: _, ...file }) => {
      const original = originals?.get(file.sha256)
      if (original === undefined) originals?.set(file.sha256, file.name)
      const disposition = original === undefined ? ('taken' as const) : ('duplicate' as const)
      return { ...file, disposition, reason: original === undefined ? null : `same bytes as ${original}` }
    })
    const rows = await database.insertInto('files').values(judged).returning('id').execute()
    // Ids are given in the order of the values; rows come back in any.
    const ids = rows.map(({ id }) => id).sort((a, b) => a - b)
    const booked = judged.map(({ disposition }, n) => ({ id: ids[n] ?? Number.NaN, disposition }))
    // Taken twice, a place is known by what lay there last.
    const places = new Map(
      some.map(({ endpoint, path, size, modified }, n) => [
        JSON.stringify([endpoint, path]),
        { endpoint, path, size, modified, file_id: ids[n] ?? Number.NaN, settled_at: null },
      ]),
    )
    await database
      .insertInto('drops')
      .values([...places.values()])
      .onConflict((conflict) =>
        conflict.columns(['endpoint', 'path']).doUpdateSet((eb) => ({
          size: eb.ref('excluded.size'),
          modified: eb.ref('excluded.modified'),
          file_id: eb.ref('excluded.file_id'),
          settled_at: null,
        })),
      )
      .execute()
    return booked
  })
}

/**
 * Not of another partner: what one sent that is another's is refused as such, and does not make the other's own file a duplicate, whichever
 * of the two is taken in first.
 */
const ofNoOther =
  (partner: string | null = null) =>
  (where: ExpressionBuilder<Tables, 'files'>): Expression<SqlBool> =>
    partner === null
      ? where.lit(true)
      : where.or([where('files.partner', 'is', null), where('files.partner', '=', partner)])

/** By hash the name of the file that brought the bytes first. */
async function namesOfOriginals(database: StateDatabase, files: readonly FileFrom[]): Promise<Map<string, string>> {
  const [first] = files
  if (first === undefined) return new Map()
  const hashes = [...new Set(files.map(({ sha256 }) => sha256))]
  const rows = await eachBatch(hashes, (some) =>
    database
      .selectFrom('files')
      .select(['sha256', 'name'])
      .where('job', '=', first.job)
      .where('input', '=', first.input)
      .where('sha256', 'in', some)
      .where('disposition', '!=', 'duplicate')
      .where(ofNoOther(first.partner))
      .orderBy('id', 'desc')
      .execute(),
  )
  return new Map(rows.map(({ sha256, name }) => [sha256, name]))
}

/** The file that brought these bytes to the input first. */
export const originalOf = (
  database: StateDatabase,
  { job, input, sha256, partner }: Pick<FileRow, 'job' | 'input' | 'sha256' | 'partner'>,
): Promise<Pick<FileRow, 'id' | 'name'> | undefined> =>
  database
    .selectFrom('files')
    .select(['id', 'name'])
    .where('job', '=', job)
    .where('input', '=', input)
    .where('sha256', '=', sha256)
    .where('disposition', '!=', 'duplicate')
    .where(ofNoOther(partner))
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()

export async function settleDrops(
  database: StateDatabase,
  endpoint: string,
  paths: readonly string[],
  now: string,
): Promise<void> {
  await eachBatch(paths, async (some) => {
    await database
      .updateTable('drops')
      .set({ settled_at: now })
      .where('endpoint', '=', endpoint)
      .where('path', 'in', some)
      .execute()
    return []
  })
}

/** The same of inputs of several jobs. */
export const filesOfInputs = async (
  database: StateDatabase,
  inputs: readonly Pick<FileRow, 'job' | 'input'>[],
  dispositions: readonly Disposition[],
): Promise<FileRow[]> => {
  const files: FileRow[] = []
  for (const { job, input } of inputs) files.push(...(await filesOf(database, job, [input], dispositions)))
  return files.sort((a, b) => a.id - b.id)
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
  const rows = findings.map((finding, sequence) => ({ file_id: fileId, sequence, finding: JSON.stringify(finding) }))
  await eachBatch(rows, async (some) => {
    await database.insertInto('file_findings').values(some).execute()
    return []
  })
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

/** Files that a run took in, or its shares did for it, duplicates too. */
export async function filesTakenBy(database: StateDatabase, runId: string): Promise<FileRow[]> {
  const run = await database.selectFrom('runs').selectAll().where('id', '=', runId).executeTakeFirst()
  const shares = run === undefined ? [] : await shareRunsOf(database, run)
  const runs = [runId, ...shares.map(({ id }) => id)]
  return database.selectFrom('files').selectAll().where('run_id', 'in', runs).orderBy('id').execute()
}

/** How many files a drop of these inputs has brought since an instant, and when its last was taken; the same bytes again are none. */
export async function takenSince(
  database: StateDatabase,
  inputs: readonly Pick<FileRow, 'job' | 'input'>[],
  { endpoint, folder }: Pick<FileRow, 'endpoint' | 'folder'>,
  since: string,
): Promise<{ readonly came: number; readonly last: string | null }> {
  const below = `${folder}/`
  const { came, last } = await database
    .selectFrom('files')
    .select((eb) => [
      eb.fn.countAll<number>().filterWhere('taken_at', '>=', since).as('came'),
      eb.fn.max<string | null>('taken_at').as('last'),
    ])
    .where((eb) => eb.or(inputs.map(({ job, input }) => eb.and({ job, input }))))
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
