import { isDeepStrictEqual } from 'node:util'
import { DEFAULT_MIGRATION_TABLE, Migrator, sql } from 'kysely'
import { MatchbookError } from '../errors/index.js'
import { appendAudit } from './audit.js'
import { migrations } from './migrations/index.js'
import type { StateDatabase } from './store.js'

/** Below the state folder: a folder for each version that the store was brought forward from. */
export const beforeUpgrade = 'before-upgrade'

export interface MigrateOptions {
  /** File or address, for messages. */
  readonly place: string
  readonly schema?: string
  /** Keeps the store as it is before an older one is brought forward, and says where; undefined where that is for somebody else to do. */
  readonly keepCopy?: (version: string) => Promise<string>
}

/**
 * Makes the tables or brings them forward, in one transaction. An older store is copied first where it can be, so that there is a way
 * back to the version that wrote it.
 * @throws STATE-NEWER, and whatever the copy throws: a store that cannot be kept is not brought forward
 */
export async function migrate(database: StateDatabase, { place, schema, keepCopy }: MigrateOptions): Promise<void> {
  if (await isCurrent(database, schema)) return
  const known = {
    db: database,
    provider: { getMigrations: async () => ({ ...migrations }) },
    ...(schema === undefined ? {} : { migrationTableSchema: schema }),
  }
  const all = await new Migrator(known).getMigrations()
  const isDue = all.some(({ executedAt }) => executedAt === undefined)
  const version = all.findLast(({ executedAt }) => executedAt !== undefined)?.name
  const copy = isDue && version !== undefined ? await keepCopy?.(version) : undefined
  // Whoever only looks must not wait for the write lock of a run.
  const { error, results = [] } = await new Migrator({ ...known, disableTransactions: !isDue }).migrateToLatest()
  if (error instanceof Error && /corrupted migrations/.test(error.message)) throw await newer(database, place, error)
  if (error !== undefined) throw error
  const latest = results.at(-1)?.migrationName
  if (version === undefined || latest === undefined) return
  await database.transaction().execute((transaction) =>
    appendAudit(transaction, {
      at: new Date().toISOString(),
      actor: 'matchbook',
      action: 'store brought forward',
      subject: place,
      detail: { from: version, to: latest, ...(copy === undefined ? {} : { copy }) },
    }),
  )
}

/** Whether the store is of this version, by what it has noted itself. The migrator would look at each table first. */
async function isCurrent(database: StateDatabase, schema: string | undefined): Promise<boolean> {
  const notes = sql.table(schema === undefined ? DEFAULT_MIGRATION_TABLE : `${schema}.${DEFAULT_MIGRATION_TABLE}`)
  const done = await sql<{ readonly name: string }>`select name from ${notes}`
    .execute(database)
    .then(({ rows }) => rows.map(({ name }) => name).sort())
    // A new store has none yet; with one that cannot be read the migrator says why.
    .catch(() => [])
  return isDeepStrictEqual(done, Object.keys(migrations).sort())
}

/** The version that ran last is the one to install again. */
async function newer(database: StateDatabase, place: string, cause: Error): Promise<MatchbookError> {
  const last = await database
    .selectFrom('runs')
    .select('version')
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
    .catch(() => undefined)
  const by = last === undefined ? 'a newer Matchbook' : `Matchbook ${last.version} or a newer one`
  return new MatchbookError(
    'STATE-NEWER',
    `${place} was brought forward by ${by}, and this version does not know how`,
    {
      cause,
      facts: { place, lastRunBy: last?.version ?? null },
    },
  )
}
