import { literal, type SetEngine } from '../canonical/index.js'
import { type ProjectionSql, textOf } from './projection-sql.js'
import type { StagedExtract } from './stage-texts.js'

/**
 * Says of each faulty record what is wrong with it, one reject a fault.
 *
 * @param faulty query of the faulty records with the cleaned text of all the contract's columns
 * @param into `blanked` where the records are used without the values in question: then only those values may not be shown
 */
export async function insertRejects(
  engine: SetEngine,
  { contract }: StagedExtract,
  { checks, keyColumns }: ProjectionSql,
  index: number,
  faulty: string,
  into: 'reject' | 'blanked' = 'reject',
): Promise<void> {
  const personal = new Set(
    contract.columns.filter(({ sensitivity }) => sensitivity === 'personal').map(({ name }) => name),
  )
  const whole = contract.columns.filter(({ name }) => !personal.has(name)).map(({ name }) => textOf(contract, name))
  const keys = keyColumns.map(({ shown }) => shown)
  const keyed = keyColumns
    .filter(({ required }) => required)
    .map(({ column }) => `${textOf(contract, column)} IS NOT NULL`)
  // Where an identity stands in the open, nothing of the record is shown.
  const identities = into === 'blanked' ? [] : checks.filter(({ code }) => code === 'DATA-PHI')
  const open = ['false', ...identities.map(({ bad }) => `(${bad})`)].join(' OR ')
  // A record whose key is not all there, or may not be shown, is known by all it says.
  const key = `CASE WHEN ${['NOT is_open', ...keyed].join(' AND ')} THEN ${joined(keys, '/')} ELSE 'text ' || md5(${joined(whole, '|')}) END`
  // What would come from a record that is not there is not wrong besides.
  const nowhere = ['false', ...checks.flatMap(({ code, bad }) => (code === 'DATA-REFERENCE' ? [`(${bad})`] : []))].join(
    ' OR ',
  )
  const faults = checks.map(({ column, code, reason, bad, shown = textOf(contract, column) }) => {
    const isShown = into === 'reject' && !personal.has(column)
    const value = isShown ? `CASE WHEN NOT is_open THEN ${shown} END` : 'NULL::VARCHAR'
    const known = code === 'DATA-REFERENCE' ? `coalesce(${value}, record_key)` : 'record_key'
    return `SELECT record, ${literal(column)} AS column_name, ${value} AS value, ${literal(code)} AS code, ${literal(reason)} AS reason, ${known} AS record_key
      FROM faulty WHERE (${bad})${code === 'DATA-REFERENCE' ? '' : ` AND NOT (${nowhere})`}`
  })
  // The same fault may show in several projections of one file; it is told once.
  await engine.run(`
    INSERT INTO ${into}
    WITH faulty AS MATERIALIZED (SELECT *, ${key} AS record_key FROM (SELECT *, ${open} AS is_open FROM (${faulty}))),
    fault AS (${faults.join(' UNION ALL ')})
    SELECT ${index}, record, NULL, column_name, any_value(value), code, any_value(reason), any_value(record_key)
    FROM fault
    WHERE NOT EXISTS (
      FROM ${into} AS told WHERE told.source_file = ${index} AND told.source_record = fault.record
        AND told.column_name = fault.column_name AND told.code = fault.code
    )
    GROUP BY record, column_name, code`)
}

const joined = (texts: readonly string[], separator: string): string =>
  texts.length === 0
    ? "''"
    : `concat_ws(${literal(separator)}, ${texts.map((text) => `coalesce(${text}, '')`).join(', ')})`
