import { DEFAULT_MIGRATION_TABLE, type Migration, Migrator, sql } from 'kysely'
import { MatchbookError } from '../errors/index.js'
import { appendAudit } from './audit.js'
import { migrations } from './migrations/index.js'
import { olderAtWork } from './older-at-work.js'
import type { State, StateDatabase, StateVersion } from './store.js'
import { isOlder, versionNeeded } from './version-needed.js'

/** Below the state folder: a folder for each version that the store was brought forward from. */
export const beforeUpgrade = 'before-upgrade'

export interface MigrateOptions {
  readonly schema?: string
  /** Looks whether a store may be begun where there is none. */
  readonly mayBegin: () => unknown
  /**
   * Keeps the store as it is before an older one is brought forward, and says where. `version`: the last of the migrations that it has
   * had, `done`. Undefined: another has brought it forward just now.
   */
  readonly keepCopy: (version: string, done: readonly string[]) => Promise<string | undefined>
}

type Store = Omit<State, 'version'>

/**
 * Makes the tables or brings them forward, in one transaction. What only adds is done at once, and older versions go on working. What takes
 * away what they need waits until none of them is at work. An older store is copied first, so that there is a way
 * back to the version that wrote it.
 * @throws STATE-NEWER, and whatever the copy throws: a store that cannot be kept is not brought forward
 */
export async function migrate(store: Store, options: MigrateOptions): Promise<StateVersion> {
  const done = await executed(store, options)
  const unknown = done.filter((name) => !(name in migrations))
  const needed = highest(unknown.flatMap((name) => versionNeeded(name) ?? []))
  if (needed !== undefined) throw newer(store.place, needed)
  const due = Object.keys(migrations).filter((name) => !done.includes(name))
  const takingAway = done.length === 0 ? [] : due.filter((name) => versionNeeded(name) !== undefined)
  const adding = due.filter((name) => !takingAway.includes(name))
  if (done.length === 0) options.mayBegin()
  if (adding.length > 0) await bringForward(store, done, adding, options)
  const least = highest(takingAway.flatMap((name) => versionNeeded(name) ?? []))
  const waitsFor = least === undefined ? undefined : await olderAtWork(store, least)
  if (least !== undefined && waitsFor === undefined)
    await bringForward(store, [...done, ...adding].sort(), takingAway, options)
  return { unknown, waitsFor }
}

/** Names of the migrations that the store has had, in order, as it has noted itself. None: there is no store yet. */
async function executed({ database }: Store, { schema }: MigrateOptions): Promise<string[]> {
  const notes = sql.table(schema === undefined ? DEFAULT_MIGRATION_TABLE : `${schema}.${DEFAULT_MIGRATION_TABLE}`)
  try {
    const { rows } = await sql<{ readonly name: string }>`select name from ${notes}`.execute(database)
    return rows.map(({ name }) => name).sort()
  } catch (error) {
    // The migrator looks whether there is such a table.
    const all = await new Migrator(ways(database, { ...migrations }, schema)).getMigrations()
    if (all.some(({ executedAt }) => executedAt !== undefined)) throw error
    return []
  }
}

async function bringForward(
  { database, place }: Store,
  done: readonly string[],
  due: readonly string[],
  { schema, keepCopy }: MigrateOptions,
): Promise<void> {
  const from = done.at(-1)
  const copy = from === undefined ? undefined : await keepCopy(from, done)
  // What a newer version has done is only named here: it is there already.
  const all = Object.fromEntries([...done, ...due].map((name) => [name, migrations[name] ?? THERE]))
  const { error, results = [] } = await new Migrator(ways(database, all, schema)).migrateToLatest()
  if (error !== undefined) throw error
  const to = results.at(-1)?.migrationName
  // Another process may have done it meanwhile.
  if (from === undefined || to === undefined) return
  await database.transaction().execute((transaction) =>
    appendAudit(transaction, {
      at: new Date().toISOString(),
      actor: 'matchbook',
      action: 'store brought forward',
      subject: place,
      detail: { from, to, ...(copy === undefined ? {} : { copy }) },
    }),
  )
}

const THERE: Migration = { up: async () => {} }

const ways = (db: StateDatabase, all: Record<string, Migration>, schema: string | undefined) => ({
  db,
  provider: { getMigrations: async () => all },
  // What takes away may wait while what came later is done.
  allowUnorderedMigrations: true,
  ...(schema === undefined ? {} : { migrationTableSchema: schema }),
})

const highest = (versions: readonly string[]): string | undefined =>
  versions.reduce<string | undefined>((a, b) => (a === undefined || isOlder(a, b) ? b : a), undefined)

function newer(place: string, needed: string): MatchbookError {
  return new MatchbookError('STATE-NEWER', `${place} needs Matchbook ${needed} or newer`, { facts: { place, needed } })
}

/** What this version does not know of a store it can neither copy nor carry away. @throws STATE-NEWER */
export function assertKnown({ unknown }: StateVersion, place: string): void {
  if (unknown.length === 0) return
  throw new MatchbookError(
    'STATE-NEWER',
    `${place} has what only a newer Matchbook knows (${unknown.join(', ')}), and would lose it`,
    { hint: 'Do it with the newest version that works with this store; nothing was changed', facts: { place } },
  )
}
