import type { ExceptionCode, Finding, SetEngine } from '../canonical/index.js'
import { type About, fileFinding, theRest } from './file-finding.js'

/** So many of one kind are told one by one; the rest are counted, and stand in table `reject`. */
export const listedOfAKind = 1000
const listedRecords = 20

interface RejectRow {
  readonly code: ExceptionCode
  readonly column_name: string
  readonly record_key: string
  readonly value: string | null
  readonly reason: string
  readonly records: readonly number[]
  readonly lines: readonly number[]
  /** Only the value is left out. */
  readonly is_used: boolean
}

/** One finding for each rejected value, and one for each doubled key. */
export async function rejectFindings(engine: SetEngine, about: About): Promise<Finding[]> {
  const here = `source_file = ${about.file.index}`
  const faults = '(SELECT *, false AS is_used FROM reject UNION ALL SELECT *, true AS is_used FROM blanked)'
  // Records with the same key and the same fault (a doubled key, a line sent twice) are one finding: they would have one fingerprint.
  const grouped = `
    SELECT code, column_name, record_key, first(value ORDER BY source_record) AS value, first(reason ORDER BY source_record) AS reason,
      min(source_record) AS first_record, list(source_record ORDER BY source_record)[:${listedRecords}] AS records,
      list(line ORDER BY source_record)[:${listedRecords}] AS lines, bool_and(is_used) AS is_used
    FROM ${faults} WHERE ${here} GROUP BY code, column_name, record_key`
  const rows = await engine.rows<RejectRow>(`
    SELECT code, column_name, record_key, value, reason, records, lines, is_used FROM (${grouped})
    QUALIFY row_number() OVER (PARTITION BY code, column_name ORDER BY first_record) <= ${listedOfAKind}
    ORDER BY first_record, column_name, code`)
  const findings = rows.map((row) =>
    fileFinding(about, {
      code: row.code,
      message: sentence(row),
      field: row.column_name,
      record: row.record_key,
      values: { [row.column_name]: row.value },
      evidence: row.records.map((record, n) => ({
        record,
        ...(row.lines[n] === undefined ? {} : { line: row.lines[n] }),
        column: row.column_name,
        ...(row.value === null ? {} : { value: row.value }),
      })),
    }),
  )
  const kinds = await engine.rows<{
    code: ExceptionCode
    column_name: string
    kinds: number
    is_used: boolean
  }>(`
    SELECT code, column_name, count(DISTINCT record_key) AS kinds, bool_and(is_used) AS is_used FROM ${faults} WHERE ${here}
    GROUP BY code, column_name HAVING kinds > ${listedOfAKind} ORDER BY 1, 2`)
  return [
    ...findings,
    ...kinds.map((kind) =>
      fileFinding(about, {
        code: kind.code,
        message: `${kind.kinds - listedOfAKind} more records are ${kind.is_used ? 'used without' : 'rejected for'} ${kind.column_name}, beside the ${listedOfAKind} listed`,
        field: kind.column_name,
        record: theRest,
        values: { rejected: String(kind.kinds), listed: String(listedOfAKind) },
      }),
    ),
  ]
}

function sentence({ code, column_name, value, reason, records, lines, is_used }: RejectRow): string {
  const where = `line ${lines[0]} (record ${records[0]})`
  if (column_name === '(record)') return `${where} ${reason}`
  if (code === 'DATA-KEY-DUPLICATE') return `${where}: ${column_name} ${value} ${reason}`
  const without = is_used ? '; the record is used without it' : ''
  return `${where}: ${column_name} ${value === null ? '' : `"${value}" `}${reason}${without}`
}

/** How many records of the file were rejected. */
export async function countRejected(engine: SetEngine, index: number): Promise<number> {
  const [row] = await engine.rows<{ n: number }>(
    `SELECT count(DISTINCT source_record) AS n FROM reject WHERE source_file = ${index}`,
  )
  return row?.n ?? 0
}
