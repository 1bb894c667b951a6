import { sql } from 'kysely'
import { type KeptTable, keptTables } from './kept-tables.js'
import type { StateDatabase } from './store.js'

export type TableRow = Readonly<Record<string, string | number | null>>

const PAGE = 1000
/** Rows that nothing tells apart are counted off, which is slow the further one comes. */
const COUNTED_PAGE = 20_000
const withoutKey: readonly KeptTable[] = ['exception_events', 'load_rows']

/**
 * All rows of a table in an order that both engines keep, a page in memory at a time. `present`: the columns that a store of an older
 * version has, where it is one.
 */
export async function* tableRows(
  database: StateDatabase,
  table: KeptTable,
  present?: readonly string[],
): AsyncGenerator<readonly TableRow[]> {
  const key = keptTables[table].filter((column) => present?.includes(column) ?? true)
  const isCounted = withoutKey.includes(table) || key.length < keptTables[table].length
  const columns = (isCounted ? (present ?? key) : key).map((column) => sql.ref(column))
  const wanted = present === undefined ? sql`*` : sql.join(present.map((column) => sql.ref(column)))
  const size = isCounted ? COUNTED_PAGE : PAGE
  // Nothing is before something, on both; where a key has no nothing, saying so would only hinder its index.
  const order = sql.join(isCounted ? columns.map((column) => sql`${column} asc nulls first`) : columns)
  let last: TableRow | undefined
  for (let from = 0; ; from += size) {
    const after = isCounted || last === undefined ? sql`` : sql`where (${sql.join(columns)}) > (${keyOf(table, last)})`
    const skip = isCounted ? sql`offset ${from}` : sql``
    const { rows } =
      await sql<TableRow>`select ${wanted} from ${sql.table(table)} ${after} order by ${order} limit ${size} ${skip}`.execute(
        database,
      )
    if (rows.length > 0) yield rows
    last = rows.at(-1)
    if (rows.length < size) return
  }
}

const keyOf = (table: KeptTable, row: TableRow) => sql.join(keptTables[table].map((column) => row[column]))
