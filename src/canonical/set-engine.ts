/** A value as it leaves the set engine: DECIMAL as exact text, DATE as yyyy-MM-dd, BIGINT as text beyond 2^53. */
export type Cell = string | number | boolean | null

/** Set work over relations. The one implementation is DuckDB in memory (match/engine); named here so that no room depends on it. */
export interface SetEngine {
  /** Runs statements; throws on the first that fails. */
  run(sql: string): Promise<void>
  /** All rows of a query; for results known to be small. */
  rows<T extends object = Record<string, Cell>>(sql: string): Promise<T[]>
  /** Rows in batches of some thousands, in the query's order. */
  batches<T extends object = Record<string, Cell>>(sql: string): AsyncIterable<T[]>
  /** Stops the statement that runs, which then fails. */
  interrupt(): void
  close(): Promise<void>
}

/** A SQL string literal. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`
