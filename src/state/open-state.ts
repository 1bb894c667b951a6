import { mkdirSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { CompiledQuery, type DialectAdapter, type Driver, Kysely, Migrator, SqliteAdapter, SqliteDialect } from 'kysely'
import { MatchbookError, systemError } from '../errors/index.js'
import { awaitLease } from './lease.js'
import { migrations } from './migrations/index.js'
import type { Tables } from './schema.js'

export type StateDatabase = Kysely<Tables>

export interface State {
  readonly database: StateDatabase
  readonly file: string
  close(): Promise<void>
}

export interface OpenOptions {
  /** How long to wait for another writer; milliseconds. */
  readonly busyMilliseconds?: number
}

/**
 * Opens (and creates or brings forward) the state database in `folder`.
 * WAL with synchronous=FULL: what was acknowledged survives a power loss.
 * @throws STATE-LOCKED, STATE-NEWER, STATE-CORRUPT, WORKSPACE-READ-ONLY, DISK-FULL
 */
export async function openState(folder: string, options: OpenOptions = {}): Promise<State> {
  const file = path.join(folder, 'matchbook.db')
  try {
    mkdirSync(folder, { recursive: true })
    // Two programs that open a new or older state at once must not both bring it forward.
    const lease = await awaitLease(folder, 'state', 10_000)
    try {
      return await openWithLease(file, options)
    } finally {
      lease.release()
    }
  } catch (error) {
    throw systemError(error, file)
  }
}

/** Milliseconds. */
const PATIENCE = 30_000

async function openWithLease(file: string, options: OpenOptions): Promise<State> {
  const sqlite = new Database(file, { timeout: options.busyMilliseconds ?? 5000 })
  sqlite.pragma('journal_mode = WAL')
  sqlite.pragma('synchronous = FULL')
  sqlite.pragma('foreign_keys = ON')
  // Whoever has begun waits longer for another run's transaction than one who only asks whether the store is free.
  if (options.busyMilliseconds === undefined) sqlite.pragma(`busy_timeout = ${PATIENCE}`)
  const database = new Kysely<Tables>({ dialect: new ForgivingDialect({ database: sqlite }) })
  await migrate(database, file)
  return { database, file, close: () => database.destroy() }
}

/**
 * A transaction takes the write lock when it begins: what it reads then stays true until it commits, also where several programs
 * hand out numbers at once, and it never finds too late that another has written. SQLite itself rolls a transaction back when the disk is full; a second rollback then fails and would hide why. The first reason is
 * the one that counts.
 */
class ForgivingDialect extends SqliteDialect {
  override createAdapter(): DialectAdapter {
    return new AtomicMigrations()
  }

  override createDriver(): Driver {
    const driver = super.createDriver()
    driver.beginTransaction = async (connection) => {
      await connection.executeQuery(CompiledQuery.raw('begin immediate'))
    }
    const rollback = driver.rollbackTransaction.bind(driver)
    driver.rollbackTransaction = (connection) =>
      rollback(connection).catch((error: unknown) => {
        if (!(error instanceof Error && /no transaction is active/.test(error.message))) throw error
      })
    return driver
  }
}

/** SQLite makes and alters tables in transactions too: a migration that is killed leaves nothing that the next one would stumble over. */
class AtomicMigrations extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

async function migrate(database: StateDatabase, file: string): Promise<void> {
  const known = { db: database, provider: { getMigrations: async () => ({ ...migrations }) } }
  const isDue = (await new Migrator(known).getMigrations()).some(({ executedAt }) => executedAt === undefined)
  // Whoever only looks must not wait for the write lock of a run.
  const { error } = await new Migrator({ ...known, disableTransactions: !isDue }).migrateToLatest()
  if (error === undefined) return
  if (error instanceof Error && /corrupted migrations/.test(error.message)) {
    throw new MatchbookError('STATE-NEWER', `${file} holds migrations this version does not know`, { cause: error })
  }
  throw error
}
