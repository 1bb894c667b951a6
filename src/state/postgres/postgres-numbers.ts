import { sql } from 'kysely'
import { numberingOf } from '../copy-tables.js'
import { numberedTables } from '../kept-tables.js'
import type { NumberKeeper } from '../store.js'

/** The sequence of a table says where it goes on. */
export const postgresNumbers: NumberKeeper = {
  async read(database, tables = numberedTables) {
    const given: Record<string, number> = {}
    for (const table of tables) {
      const { rows } = await sql<{ last: number | null }>`select pg_sequence_last_value(
        pg_get_serial_sequence(${table}, 'id')::regclass) as last`.execute(database)
      given[table] = rows[0]?.last ?? 0
    }
    return numberingOf(database, given, tables)
  },
  async write(database, numbering) {
    for (const [table, last] of Object.entries(numbering)) {
      await sql`select setval(pg_get_serial_sequence(${table}, 'id')::regclass, ${Math.max(last, 1)}::bigint, ${last > 0})`.execute(
        database,
      )
    }
  },
}
