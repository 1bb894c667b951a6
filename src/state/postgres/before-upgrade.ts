import { sql } from 'kysely'
import { copyTables } from '../copy-tables.js'
import { numberedTables } from '../kept-tables.js'
import { keepCopy } from '../sqlite/before-upgrade.js'
import { makeOlderSqlite } from '../sqlite/older-sqlite.js'
import { sqliteNumbers } from '../sqlite/sqlite-numbers.js'
import type { StateDatabase } from '../store.js'
import { postgresNumbers } from './postgres-numbers.js'

/**
 * Keeps the store as the older version left it, as a SQLite file of that version: it needs no server, and that version can work on with
 * it. The write lock is held meanwhile, so nobody brings the store forward while it is read.
 * @returns the file, relative to the state folder; undefined when another has brought the store forward before us
 */
export const keepPostgresBeforeUpgrade = (
  database: StateDatabase,
  folder: string,
  version: string,
  done: readonly string[],
): Promise<string | undefined> =>
  database.transaction().execute(async (from) => {
    if ((await migrationsDone(from)) !== done.length) return undefined
    return keepCopy(folder, version, async (part) => {
      const copy = await makeOlderSqlite(part, done)
      try {
        const tables = await copy.introspection.getTables()
        const present = new Map(tables.map(({ name, columns }) => [name, columns.map((column) => column.name)]))
        const numbered = numberedTables.filter((table) => present.has(table))
        await copy.transaction().execute(async (to) => {
          await copyTables(from, to, present)
          await sqliteNumbers.write(to, await postgresNumbers.read(from, numbered))
        })
      } finally {
        await copy.destroy()
      }
    })
  })

async function migrationsDone(database: StateDatabase): Promise<number> {
  const { rows } = await sql<{ many: number }>`select count(*) as many from kysely_migration`.execute(database)
  return Number(rows[0]?.many ?? 0)
}
