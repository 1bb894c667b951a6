import { sql } from 'kysely'
import type { StateDatabase } from './open-state.js'

/** One text of the store, and where it stands. */
export interface StateText {
  readonly table: string
  readonly column: string
  /** Its place among the rows of the table, 1-based. */
  readonly row: number
  readonly text: string
}

const PAGE = 1000

/** Every text that the store holds, table by table; nothing is left out because someone thinks it harmless. */
export async function* stateTexts(database: StateDatabase): AsyncGenerator<StateText> {
  const tables = await database.introspection.getTables()
  for (const table of tables.map(({ name }) => name).sort()) {
    for (let from = 0; ; from += PAGE) {
      const { rows } = await sql<
        Record<string, unknown>
      >`SELECT * FROM ${sql.table(table)} LIMIT ${PAGE} OFFSET ${from}`.execute(database)
      for (const [n, row] of rows.entries()) {
        for (const [column, text] of Object.entries(row)) {
          if (typeof text === 'string') yield { table, column, row: from + n + 1, text }
        }
      }
      if (rows.length < PAGE) break
    }
  }
}
