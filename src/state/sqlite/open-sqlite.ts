import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { CompiledQuery, type DialectAdapter, type Driver, Kysely, SqliteAdapter, SqliteDialect, sql } from 'kysely'
import { type MatchbookError, systemError } from '../../errors/index.js'
import { migrate } from '../migrate.js'
import { assertNotMoved } from '../moved.js'
import { portableQueries } from '../portable-queries.js'
import type { Tables } from '../schema.js'
import type { OpenOptions, State } from '../store.js'
import { assertNothingBefore } from '../store-missing.js'
import { keepBeforeUpgrade } from './before-upgrade.js'
import { awaitLease, takeFileLease, takeFilePart } from './file-lease.js'
import { type CopyAside, copyAside } from './look-aside.js'
import { sqliteNumbers } from './sqlite-numbers.js'

/** WAL with synchronous=FULL: what was acknowledged survives a power loss. */
export async function openSqlite(folder: string, options: OpenOptions): Promise<State> {
  const file = path.join(folder, 'matchbook.db')
  try {
    mkdirSync(folder, { recursive: true })
    // Before SQLite makes a file, which would look like a store.
    if (!existsSync(file) && options.movedHere !== true) assertNothingBefore(folder, file, options.known)
    // Two programs that open a new or older state at once must not both bring it forward.
    const lease = await awaitLease(folder, 'state', 10_000)
    try {
      return await openWithLease(folder, file, options)
    } finally {
      await lease.release()
    }
  } catch (error) {
    const known = systemError(whyNotOpen(error, folder), file)
    const aside = options.onlyToLook === true ? copyAside(folder, known) : undefined
    if (aside === undefined) throw known
    try {
      return await lookAt(aside, folder, file, known as MatchbookError)
    } catch (worse) {
      aside.remove()
      throw systemError(worse, file)
    }
  }
}

/** SQLite says of a file that it cannot make only that it cannot; the file system says why: no room, no rights, or mounted to be read only. */
function whyNotOpen(error: unknown, folder: string): unknown {
  if (!(error instanceof Error && 'code' in error && /^SQLITE_(CANTOPEN|READONLY)/.test(String(error.code))))
    return error
  const probe = path.join(folder, `.matchbook.${process.pid}.probe`)
  try {
    writeFileSync(probe, '?')
    rmSync(probe)
    return error
  } catch (reason) {
    return reason
  }
}

/** The copy is gone as soon as nobody has it open, however this process ends; where a file that is open cannot be removed, when it is closed. */
async function lookAt(aside: CopyAside, folder: string, place: string, why: MatchbookError): Promise<State> {
  const copy = await openWithLease(folder, path.join(aside.folder, 'matchbook.db'), { journal: 'MEMORY' })
  if (process.platform !== 'win32') aside.remove()
  await sql`PRAGMA query_only = ON`.execute(copy.database)
  return {
    ...copy,
    place,
    notWritable: why,
    close: async () => {
      await copy.close()
      aside.remove()
    },
  }
}

/** Milliseconds. */
const PATIENCE = 30_000

async function openWithLease(
  folder: string,
  file: string,
  options: OpenOptions & { readonly journal?: 'MEMORY' },
): Promise<State> {
  const sqlite = new Database(file, { timeout: options.busyMilliseconds ?? 5000 })
  sqlite.pragma(`journal_mode = ${options.journal ?? 'WAL'}`)
  sqlite.pragma('synchronous = FULL')
  sqlite.pragma('foreign_keys = ON')
  // What a statement of many rows would need to be undone by itself; as a file it is written as often as the store.
  sqlite.pragma('temp_store = MEMORY')
  // Whoever has begun waits longer for another run's transaction than one who only asks whether the store is free.
  if (options.busyMilliseconds === undefined) sqlite.pragma(`busy_timeout = ${PATIENCE}`)
  const dialect = new ForgivingDialect({ database: sqlite })
  const database = new Kysely<Tables>({ dialect, plugins: portableQueries })
  const store: Omit<State, 'version'> = {
    database,
    place: file,
    numbers: sqliteNumbers,
    besideOthers: (_, work) => database.transaction().execute(work),
    // One writes at a time: nobody is just taking anything.
    passingOver: sql``,
    damage: async () => firstDamage(sqlite),
    clock: async () => new Date().toISOString(),
    takeLease: async (name) => takeFileLease(folder, name),
    takePart: (whole, part) => takeFilePart(folder, whole, part),
    wasAway: async () => false,
    close: () => database.destroy(),
  }
  try {
    const version = await migrate(store, {
      mayBegin: () => options.movedHere === true || assertNothingBefore(folder, file, options.known),
      // What is thrown away needs no way back.
      keepCopy: async (from) => (options.journal === undefined ? keepBeforeUpgrade(folder, from) : undefined),
    })
    if (options.evenMoved !== true) await assertNotMoved(database, file)
    return { ...store, version }
  } catch (error) {
    await database.destroy()
    throw error
  }
}

function firstDamage(sqlite: Database.Database): string | undefined {
  try {
    const said = String(sqlite.pragma('quick_check(1)', { simple: true }))
    return said === 'ok' ? undefined : said.replaceAll(/\s+/g, ' ')
  } catch (error) {
    return (error as Error).message
  }
}

/**
 * A transaction takes the write lock when it begins: what it reads then stays true until it commits, also where several programs
 * hand out numbers at once, and it never finds too late that another has written. SQLite itself rolls a transaction back when the disk is
 * full; a second rollback then fails and would hide why. The first reason is the one that counts.
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
