import { type RelationColumn, type RelationName, relations, type SetEngine, sqlType } from '../../canonical/index.js'

/** Rows that the rules come back to are known by their place in the table. */
const idOf: Partial<Record<RelationName, string>> = { po_line: 'po_id', invoice_line: 'line_id', invoice: 'row_id' }

/** What extracts tell and no rule reads, large enough to count: it is dropped before the match, and the rules do not see it. */
const unread: Partial<Record<RelationName, ReadonlySet<string>>> = {
  po_line: new Set(['description', 'cost_center', 'terms', 'requested_on', 'promised_on']),
}

/**
 * The relations as the rules see them, each a view `three_way.NAME` over the table of that name. A relation without a table is empty, and
 * a column that may be empty and is not in the table is empty: what no extract fills need not be stored to be matched.
 */
export async function relationViews(engine: SetEngine): Promise<string> {
  const stored = await engine.rows<{ relation: string; column: string }>(`
    SELECT table_name AS relation, column_name AS "column"
    FROM duckdb_columns()
    WHERE database_name = 'memory' AND schema_name = 'main'
    ORDER BY table_name, column_index`)
  const columnsOf = new Map<string, Set<string>>()
  for (const { relation, column } of stored) {
    if (unread[relation as RelationName]?.has(column)) await engine.run(`ALTER TABLE ${relation} DROP COLUMN ${column}`)
    columnsOf.set(relation, (columnsOf.get(relation) ?? new Set()).add(column))
  }
  return (Object.keys(relations) as RelationName[]).map((name) => relationView(name, columnsOf.get(name))).join(';\n')
}

function relationView(name: RelationName, stored: ReadonlySet<string> | undefined): string {
  const described: [string, RelationColumn][] = Object.entries(relations[name])
  const columns = [
    ...described
      .filter(([column]) => !unread[name]?.has(column))
      .map(([column, { kind, required }]) => viewColumn(stored, column, sqlType[kind], required)),
    viewColumn(stored, 'source_file', 'INTEGER'),
    viewColumn(stored, 'source_record', 'BIGINT'),
  ]
  const id = idOf[name]
  if (id !== undefined) columns.unshift(`${stored ? 'rowid' : 'NULL::BIGINT'} AS ${id}`)
  return `CREATE VIEW three_way.${name} AS SELECT ${columns.join(', ')} ${stored ? `FROM memory.main.${name}` : 'WHERE false'}`
}

const viewColumn = (stored: ReadonlySet<string> | undefined, column: string, type: string, required = false): string =>
  stored?.has(column) || (stored !== undefined && required) ? column : `NULL::${type} AS ${column}`
