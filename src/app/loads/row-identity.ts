import { createHash } from 'node:crypto'
import type { ResultTable } from '../../match/index.js'
import type { RowIdentity, StoredRow } from '../../state/index.js'

export const identityText = ({ table_name, row_key, content_hash }: RowIdentity): string =>
  JSON.stringify([table_name, row_key, content_hash])

/** The identity that `identityText` wrote. */
export function identityIn(text: string): RowIdentity {
  const [table_name, row_key, content_hash] = JSON.parse(text) as [string, string, string]
  return { table_name, row_key, content_hash }
}

/** What the store knows a row by: what it is about, and, where that does not suffice, all that is written of it. */
export function identityOf(table: ResultTable, row: StoredRow): RowIdentity {
  const said = (table.load?.byKey ? table.key : table.columns.map(({ name }) => name)).map((name) => row[name] ?? null)
  return {
    table_name: table.name,
    row_key: JSON.stringify(table.key.map((name) => row[name] ?? null)),
    content_hash: createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 32),
  }
}
