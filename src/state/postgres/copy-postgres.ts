import { sql } from 'kysely'
import { copyTables } from '../copy-tables.js'
import { assertKnown } from '../migrate.js'
import { openSqlite } from '../sqlite/open-sqlite.js'
import type { StateDatabase } from '../store.js'
import { openPostgres } from './open-postgres.js'
import type { PostgresPlace } from './postgres-place.js'

/** The copy is a SQLite file whatever it is a copy of: nothing else is needed to keep it, to look at it, or to go on from it. */
export async function copyPostgres(place: PostgresPlace, folder: string, known?: string): Promise<void> {
  const [original, copy] = await Promise.all([openPostgres(place, { known }), openSqlite(folder, { movedHere: true })])
  try {
    assertKnown(original.version, original.place)
    await atOneMoment(original.database, (from) =>
      copy.database.transaction().execute(async (to) => {
        await copyTables(from, to)
        await copy.numbers.write(to, await original.numbers.read(from))
      }),
    )
  } finally {
    await Promise.all([original.close(), copy.close()])
  }
}

/** Reads what is there at one moment, while others write. */
const atOneMoment = <T>(database: StateDatabase, work: (database: StateDatabase) => Promise<T>): Promise<T> =>
  database.connection().execute(async (connection) => {
    await sql`start transaction isolation level repeatable read read only`.execute(connection)
    try {
      return await work(connection)
    } finally {
      await sql`commit`.execute(connection)
    }
  })
