import { type KeptTable, keptTables } from './kept-tables.js'
import type { StateDatabase } from './store.js'
import { tableRows } from './table-rows.js'

/** One text of the store, and where it stands. */
export interface StateText {
  readonly table: string
  readonly column: string
  /** Its place among the rows of the table, 1-based. */
  readonly row: number
  readonly text: string
}

/** Every text that the store holds, table by table; nothing is left out because someone thinks it harmless. */
export async function* stateTexts(database: StateDatabase): AsyncGenerator<StateText> {
  for (const table of (Object.keys(keptTables) as KeptTable[]).sort()) {
    let number = 0
    for await (const rows of tableRows(database, table)) {
      for (const row of rows) {
        number += 1
        for (const [column, text] of Object.entries(row)) {
          if (typeof text === 'string') yield { table, column, row: number, text }
        }
      }
    }
  }
}
