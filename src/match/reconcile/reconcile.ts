import type { SetEngine } from '../../canonical/index.js'
import { MatchbookError } from '../../errors/index.js'
import { comparableSql, distanceSql, verdictSql } from './compare-sql.js'
import { type Counts, countSides } from './counts.js'
import { prepareSide } from './prepare-side.js'
import { numbered, type Reconciliation, sides } from './reconciliation.js'

/**
 * Holds two relations against each other and leaves `reconcile_pair` (one row a key: k1.., l1.. r1.. the texts, v1.. the verdicts,
 * d1.. how far apart, outcome) and `reconcile_doubled` (keys that stand more than once, which are told and never joined) in the engine;
 * read-differences.ts reads them. Running it again replaces them.
 *
 * @param alike rows that a sieve has taken out of both sides before, because they are the same on both
 * @throws MatchbookError TOTALS-DIFFER when the rows of a side are not each accounted for once
 */
export async function reconcile(engine: SetEngine, reconciliation: Reconciliation, alike = 0): Promise<Counts> {
  for (const side of sides) await prepareSide(engine, reconciliation, side)
  await putDoubledAside(engine, reconciliation)
  await pair(engine, reconciliation)
  const counts = await countSides(engine, reconciliation, alike)
  for (const side of sides) {
    const { rows, same, within, changed, only, doubled, outside, undated } = counts[side]
    if (rows !== same + within + changed + only + doubled + outside + undated)
      throw new MatchbookError('TOTALS-DIFFER', `of ${rows} rows on the ${side} not each is accounted for once`)
  }
  return counts
}

/** Joined, doubled keys would multiply, and nothing tells which row is meant. */
async function putDoubledAside(engine: SetEngine, { keys }: Reconciliation): Promise<void> {
  const ks = numbered(keys, (n) => `k${n}`).join(', ')
  const of = (side: string): string =>
    `SELECT ${ks}, '${side}' AS side, file, records[1] AS record FROM reconcile_${side} WHERE state = 'in'`
  const on = (side: string): string => `FILTER (side = '${side}')`
  await engine.run(`
    CREATE OR REPLACE TABLE reconcile_doubled AS
    SELECT ${ks},
      min(file) ${on('left')} AS left_file, (list(record ORDER BY file, record) ${on('left')})[:10] AS left_records, count(*) ${on('left')} AS left_rows,
      min(file) ${on('right')} AS right_file, (list(record ORDER BY file, record) ${on('right')})[:10] AS right_records, count(*) ${on('right')} AS right_rows
    FROM (${of('left')} UNION ALL ${of('right')})
    GROUP BY ${ks} HAVING count(*) > 1 AND (count(*) ${on('left')} > 1 OR count(*) ${on('right')} > 1)`)
}

async function pair(engine: SetEngine, { keys, fields }: Reconciliation): Promise<void> {
  const equal = (a: string, b: string): string =>
    numbered(keys, (n) => `${a}.k${n} IS NOT DISTINCT FROM ${b}.k${n}`).join(' AND ')
  const single = (side: string): string =>
    `(SELECT * FROM reconcile_${side} AS of ANTI JOIN reconcile_doubled AS doubled ON ${equal('of', 'doubled')} WHERE state = 'in')`
  const each = (sql: (n: number) => string): string => numbered(fields, (n) => `, ${sql(n)}`).join('')
  const judged = fields.map(({ tolerance }, index) => {
    const n = index + 1
    const texts = { left: `l${n}`, right: `r${n}`, a: `a${n}`, b: `b${n}` }
    return `, ${verdictSql(texts, tolerance)} AS v${n}, ${distanceSql(texts, tolerance)} AS d${n}`
  })
  const typed = fields.map(
    ({ tolerance }, n) =>
      `, ${comparableSql(`l${n + 1}`, tolerance)} AS a${n + 1}, ${comparableSql(`r${n + 1}`, tolerance)} AS b${n + 1}`,
  )
  const verdicts = ["'same'", ...numbered(fields, (n) => `v${n}`)].join(', ')
  await engine.run(`
    CREATE OR REPLACE TABLE reconcile_pair AS
    WITH joined AS (
      SELECT ${keys.map((_, n) => `coalesce(l.k${n + 1}, r.k${n + 1}) AS k${n + 1}`).join(', ')}${each((n) => `l.v${n} AS l${n}, r.v${n} AS r${n}`)},
        l.file AS left_file, l.records AS left_records, l.row_count AS left_rows,
        r.file AS right_file, r.records AS right_records, r.row_count AS right_rows
      FROM ${single('left')} AS l FULL JOIN ${single('right')} AS r ON ${equal('l', 'r')}
    ), judged AS (
      SELECT * ${judged.join('')} FROM (SELECT *${typed.join('')} FROM joined)
    )
    SELECT *${numbered(fields, (n) => `a${n}, b${n}`).length === 0 ? '' : ` EXCLUDE (${numbered(fields, (n) => `a${n}, b${n}`).join(', ')})`},
      CASE WHEN right_rows IS NULL THEN 'only-left' WHEN left_rows IS NULL THEN 'only-right'
        WHEN 'differs' IN (${verdicts}) THEN 'changed' WHEN 'within' IN (${verdicts}) THEN 'within' ELSE 'same' END AS outcome
    FROM judged`)
}
