import path from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, Migrator, SqliteDialect } from 'kysely'
import { migrations } from '../migrations/index.js'
import { portableQueries } from '../portable-queries.js'
import type { Tables } from '../schema.js'
import type { StateDatabase } from '../store.js'

/** A new and empty store with the tables of an older version, as the migrations that it knew make them. */
export async function makeOlderSqlite(folder: string, done: readonly string[]): Promise<StateDatabase> {
  const sqlite = new Database(path.join(folder, 'matchbook.db'))
  sqlite.pragma('foreign_keys = ON')
  const database = new Kysely<Tables>({ dialect: new SqliteDialect({ database: sqlite }), plugins: portableQueries })
  const known = Object.fromEntries(Object.entries(migrations).filter(([name]) => done.includes(name)))
  const { error } = await new Migrator({
    db: database,
    provider: { getMigrations: async () => known },
  }).migrateToLatest()
  if (error === undefined) return database
  await database.destroy()
  throw error
}
