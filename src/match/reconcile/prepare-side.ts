import { literal, type SetEngine } from '../../canonical/index.js'
import { daySql, lenientSql, numberSql } from './compare-sql.js'
import { type ComparedField, numbered, type Reconciliation, type SideName, type Window } from './reconciliation.js'

/**
 * Makes table `reconcile_left` or `reconcile_right`: k1, k2, ... the key, v1, v2, ... the compared texts, file, records (the first ten),
 * row_count, and state: 'in', or why a row is left aside ('outside' its window, 'undated': its window cannot be read).
 */
export async function prepareSide(engine: SetEngine, reconciliation: Reconciliation, name: SideName): Promise<void> {
  const { keys, fields } = reconciliation
  const { from, file, record, window, grouped } = reconciliation[name]
  const rows = `
    SELECT ${keys.map((key, n) => `${lenientSql(key[name], key.ignoring)} AS k${n + 1}, `).join('')}
      ${fields.map((field, n) => `${field[name]} AS v${n + 1}, `).join('')}
      (${file})::INTEGER AS file, (${record})::BIGINT AS record, ${stateSql(window)} AS state
    FROM ${from}`
  const [ks, vs] = [numbered(keys, (n) => `k${n}`), numbered(fields, (n) => `v${n}`)]
  await engine.run(`
    CREATE OR REPLACE TABLE reconcile_${name} AS ${
      grouped
        ? `SELECT ${[...ks, ...fields.map(groupedSql)].join(', ')}, min(file) AS file,
            list(record ORDER BY file, record)[:10] AS records, count(*) AS row_count, state
          FROM (${rows}) GROUP BY ${[...ks, 'state'].join(', ')}`
        : `SELECT ${[...ks, ...vs].join(', ')}, file, [record] AS records, 1::BIGINT AS row_count, state FROM (${rows})`
    }`)
}

function stateSql(window: Window | undefined): string {
  if (window === undefined) return `'in'`
  const { from = 'NULL::VARCHAR', to = 'NULL::VARCHAR', on } = window
  const unread = (text: string): string => `(${text} IS NOT NULL AND ${daySql(text)} IS NULL)`
  return `CASE WHEN ${unread(from)} OR ${unread(to)} THEN 'undated'
    WHEN ${daySql(from)} > ${literal(on)}::DATE OR ${daySql(to)} < ${literal(on)}::DATE THEN 'outside' ELSE 'in' END`
}

/** One value for a group. What cannot be summed stays to be seen in place of the sum, and so differs. */
function groupedSql({ sum }: ComparedField, index: number): string {
  const value = `v${index + 1}`
  const unread = `${value} IS NOT NULL AND ${numberSql(value)} IS NULL`
  return sum
    ? `coalesce(min(${value}) FILTER (${unread}), rtrim(rtrim(sum(${numberSql(value)})::VARCHAR, '0'), '.')) AS ${value}`
    : `CASE WHEN count(DISTINCT ${value}) > 1 THEN count(DISTINCT ${value}) || ' different values' ELSE min(${value}) END AS ${value}`
}
