import { sql } from 'kysely'
import { numberingOf } from '../copy-tables.js'
import { numberedTables } from '../kept-tables.js'
import type { NumberKeeper } from '../store.js'

/** sqlite_sequence holds the last number of each table. */
export const sqliteNumbers: NumberKeeper = {
  async read(database, tables = numberedTables) {
    const { rows } = await sql<{ name: string; seq: number }>`SELECT name, seq FROM sqlite_sequence`.execute(database)
    return numberingOf(database, Object.fromEntries(rows.map(({ name, seq }) => [name, seq])), tables)
  },
  async write(database, numbering) {
    for (const [table, last] of Object.entries(numbering)) {
      await sql`DELETE FROM sqlite_sequence WHERE name = ${table}`.execute(database)
      await sql`INSERT INTO sqlite_sequence (name, seq) VALUES (${table}, ${last})`.execute(database)
    }
  },
}
