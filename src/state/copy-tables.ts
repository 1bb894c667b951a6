import { createHash } from 'node:crypto'
import { MatchbookError } from '../errors/index.js'
import { type KeptTable, keptTables } from './kept-tables.js'
import type { Numbering, StateDatabase } from './store.js'
import { type TableRow, tableRows } from './table-rows.js'

export interface CopiedTable {
  readonly table: string
  readonly rows: number
  /** SHA-256 over all values in the order of the key. */
  readonly sha256: string
}

export const tableNames = Object.keys(keptTables) as KeptTable[]

/** Rows of one insert: 32,766 values at most with SQLite. */
const BATCH = 500

/**
 * Copies every table from a store that stands still into one that is empty; call it inside a transaction of each.
 * @param present columns by table, where both stores are of an older version
 * @throws STATE-DIFFERS when what can be read back is not what was read
 */
export async function copyTables(
  from: StateDatabase,
  to: StateDatabase,
  present?: ReadonlyMap<string, readonly string[]>,
): Promise<CopiedTable[]> {
  const copied: CopiedTable[] = []
  for (const table of tableNames) {
    const columns = present?.get(table)
    if (present !== undefined && columns === undefined) continue
    const read = new TableHash(table)
    for await (const rows of tableRows(from, table, columns)) {
      read.add(rows)
      for (let n = 0; n < rows.length; n += BATCH)
        await to
          .insertInto(table as 'runs')
          .values(rows.slice(n, n + BATCH) as never)
          .execute()
    }
    const back = new TableHash(table)
    for await (const rows of tableRows(to, table, columns)) back.add(rows)
    const [was, is] = [read.result(), back.result()]
    if (is.sha256 !== was.sha256) {
      const says = `${table}: ${was.rows} rows were read, and ${is.rows} others are there`
      throw new MatchbookError('STATE-DIFFERS', says, { facts: { table } })
    }
    copied.push(was)
  }
  return copied
}

/** Rows before those that they refer to. */
export async function clearTables(database: StateDatabase): Promise<void> {
  for (const table of tableNames.toReversed()) await database.deleteFrom(table).execute()
}

/** Numbers go on after the highest that is there or was given. */
export async function numberingOf(
  database: StateDatabase,
  given: Numbering,
  tables: readonly string[],
): Promise<Numbering> {
  const numbering: Record<string, number> = {}
  for (const table of tables) {
    const { last } = await database
      .selectFrom(table as 'files')
      .select((eb) => eb.fn.coalesce(eb.fn.max('id'), eb.lit(0)).as('last'))
      .executeTakeFirstOrThrow()
    numbering[table] = Math.max(Number(last), given[table] ?? 0)
  }
  return numbering
}

class TableHash {
  readonly #hash = createHash('sha256')
  #rows = 0

  constructor(private readonly table: string) {}

  add(rows: readonly TableRow[]): void {
    this.#rows += rows.length
    for (const row of rows) {
      const named = Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))
      this.#hash.update(`${JSON.stringify(named)}\n`)
    }
  }

  result(): CopiedTable {
    return { table: this.table, rows: this.#rows, sha256: this.#hash.digest('hex') }
  }
}
