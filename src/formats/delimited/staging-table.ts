import { literal, type SetEngine } from '../../canonical/index.js'
import type { Dialect } from './dialect.js'
import { malformedMark } from './rewrite.js'

export interface ReadOptions {
  readonly table: string
  readonly columns: number
  readonly dialect: Pick<Dialect, 'delimiter' | 'quote'>
  /** Records before the data. */
  readonly skip: number
  readonly lineEnd: 'lf' | 'crlf'
  /** Bytes that a thread reads at once (scan-piece.ts); undefined: as many as DuckDB likes. */
  readonly piece?: number | undefined
  /** Columns that are read as another type than text. */
  readonly as?: ReadAs | undefined
  /** Texts that are read as NULL, as an empty value is. */
  readonly nulls?: readonly string[] | undefined
  /** Each record stands behind its number: `record`, a BIGINT. */
  readonly numbered?: true
  /** What is wrong with a record that was marked as malformed; undefined: its quotes. */
  readonly malformed?: string | undefined
}

/** What DuckDB makes of the values of columns by itself. A record with one of which it cannot is an error. */
export interface ReadAs {
  /** By the place of a column, from 1. */
  readonly types: ReadonlyMap<number, string>
  /** Pattern of all dates. */
  readonly dateFormat?: string
}

/**
 * A FROM clause that reads a UTF-8 file as c1, c2, ... VARCHAR. Nothing is guessed: the sniffer is off, and a record with too few or
 * too many values is an error, never padded. Errors are skipped, or kept in `${table}_error` where `keep` says so.
 */
export function csvSource(
  path: string,
  { table, columns, dialect, skip, lineEnd, piece, as, nulls = [], numbered }: ReadOptions,
  keep: boolean,
): string {
  const names = [
    ...(numbered ? [`'record': 'BIGINT'`] : []),
    ...Array.from({ length: columns }, (_, index) => `'c${index + 1}': '${as?.types.get(index + 1) ?? 'VARCHAR'}'`),
  ]
  const settings = [
    'auto_detect = false',
    'header = false',
    'strict_mode = true',
    `delim = ${literal(dialect.delimiter)}`,
    `quote = ${literal(dialect.quote)}`,
    `escape = ${literal(dialect.quote)}`,
    `skip = ${skip}`,
    // Told so that a carriage return in a quoted value is a value; for CRLF only its own finding works.
    ...(lineEnd === 'lf' ? [`new_line = '\\n'`] : []),
    // A piece is never shorter than the longest line allowed.
    ...(piece === undefined ? [] : [`buffer_size = ${piece}`, `max_line_size = ${piece}`]),
    ...(as?.dateFormat === undefined ? [] : [`dateformat = ${literal(as.dateFormat)}`]),
    ...(nulls.length === 0 ? [] : [`nullstr = [${['', ...nulls].map(literal).join(', ')}]`]),
    `columns = {${names.join(', ')}}`,
    ...(keep
      ? [
          'store_rejects = true',
          'rejects_limit = 0',
          `rejects_table = '${table}_error'`,
          `rejects_scan = '${table}_scan'`,
        ]
      : ['ignore_errors = true']),
  ]
  return `read_csv(${literal(path)}, ${settings.join(', ')})`
}

/** Makes `table` (c1, c2, ... VARCHAR, in the order of the file) and `${table}_reject` (record, reason, raw) from a UTF-8 file. */
export async function readInto(engine: SetEngine, path: string, options: ReadOptions): Promise<void> {
  await dropStage(engine, options.table)
  await engine.run(`CREATE TABLE ${options.table} AS SELECT * FROM ${csvSource(path, options, true)}`)
  await takeErrors(engine, options)
}

/** Turns what DuckDB says of records it could not split into `${table}_reject`. */
export async function takeErrors(
  engine: SetEngine,
  {
    table,
    columns,
    skip,
    malformed = 'a quote that is not closed, or is closed in the middle of a value',
  }: ReadOptions,
): Promise<void> {
  const mark = literal(`"${malformedMark(columns)}`)
  // An error's line counts records, those skipped included. One record may have several errors.
  await engine.run(`
    CREATE TABLE ${table}_reject AS
    SELECT
      line - ${skip} AS record,
      CASE
        WHEN suffix(first(csv_line), ${mark}) THEN ${literal(malformed)}
        WHEN first(error_type) = 'MISSING COLUMNS' THEN min(column_idx) || ' values instead of ${columns}'
        WHEN first(error_type) = 'TOO MANY COLUMNS' THEN 'more than ${columns} values'
        ELSE lower(first(error_type::VARCHAR))
      END AS reason,
      CASE
        WHEN suffix(first(csv_line), ${mark})
          THEN replace(substring(first(csv_line), 2, length(first(csv_line)) - length(${mark}) - 1), '""', '"')
        ELSE ltrim(first(csv_line), chr(10))
      END AS raw
    FROM ${table}_error GROUP BY line;
    DROP TABLE ${table}_error;
    DROP TABLE ${table}_scan`)
}

export async function dropStage(engine: SetEngine, table: string): Promise<void> {
  await engine.run(['', '_reject', '_error', '_scan'].map((part) => `DROP TABLE IF EXISTS ${table}${part}`).join(';'))
}

/** The trailer was read as what came after the data: as a rejected record or, with as many values as the data has, as the last row. */
export async function dropTrailer(engine: SetEngine, table: string, record: number): Promise<void> {
  const [found] = await engine.rows<{ rejected: number }>(
    `SELECT count(*) AS rejected FROM ${table}_reject WHERE record = ${record}`,
  )
  await engine.run(
    found?.rejected === 1
      ? `DELETE FROM ${table}_reject WHERE record = ${record}`
      : `DELETE FROM ${table} WHERE rowid = (SELECT max(rowid) FROM ${table})`,
  )
}

/** Whether the only record that could not be split was the trailer, which then is no reject. */
export async function onlyTrailerLeft(
  engine: SetEngine,
  table: string,
  records: number,
  trailer: boolean,
): Promise<boolean> {
  const left = await engine.rows<{ record: number }>(`SELECT record FROM ${table}_reject LIMIT 2`)
  if (!trailer) return left.length === 0
  if (left.length !== 1 || left[0]?.record !== records + 1) return false
  await engine.run(`DELETE FROM ${table}_reject`)
  return true
}

/** How many records were rejected, or undefined when rows and rejects are not exactly the records 1 to `records`. */
export async function countRejects(engine: SetEngine, table: string, records: number): Promise<number | undefined> {
  const [count] = await engine.rows<{ staged: number; rejected: number; lowest: number; highest: number }>(`
    SELECT (SELECT count(*) FROM ${table}) AS staged, count(*) AS rejected,
      coalesce(min(record), 1) AS lowest, coalesce(max(record), 0) AS highest FROM ${table}_reject`)
  if (count === undefined || count.staged + count.rejected !== records) return undefined
  return count.lowest >= 1 && count.highest <= records ? count.rejected : undefined
}

/** So many gaps fit into an expression. */
const fewRejects = 20

/**
 * The SQL expression for the data record number. Rows keep the order of the file, so it is the row's own number as long as none
 * was rejected; otherwise the table is made again with the gaps counted in.
 */
export async function numberRecords(engine: SetEngine, table: string, rejected: number): Promise<string> {
  if (rejected === 0) return 'rowid + 1'
  if (rejected <= fewRejects) {
    const gaps = await engine.rows<{ record: number }>(`SELECT record FROM ${table}_reject ORDER BY record DESC`)
    const cases = gaps.map(({ record }, n) => `WHEN rowid + ${rejected - n} >= ${record} THEN ${rejected - n}`)
    return `rowid + 1 + CASE ${cases.join(' ')} ELSE 0 END`
  }
  await engine.run(`
    CREATE TABLE ${table}_numbered AS
    WITH gap AS (
      SELECT record - row_number() OVER (ORDER BY record) + 1 AS from_row, row_number() OVER (ORDER BY record) AS shift
      FROM ${table}_reject
    ), last_gap AS (
      SELECT from_row, max(shift) AS shift FROM gap GROUP BY from_row
    ), row AS (
      SELECT *, rowid + 1 AS at_row FROM ${table}
    )
    SELECT row.* EXCLUDE (at_row), at_row + coalesce(shift, 0) AS record
    FROM row ASOF LEFT JOIN last_gap ON at_row >= from_row;
    DROP TABLE ${table};
    ALTER TABLE ${table}_numbered RENAME TO ${table}`)
  return 'record'
}
