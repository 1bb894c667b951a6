import type { SetEngine } from '../../canonical/index.js'
import { lenientSql } from './compare-sql.js'
import { numbered, type Reconciliation, type SideName, sides } from './reconciliation.js'

/**
 * Large files are first read down to a key and a 64-bit hash of the compared texts: most rows are the same on both sides, and these
 * need no more. That keeps two relations of any width in little memory, and costs less than joining them whole. A changed row would
 * stay unseen where both versions have one hash: one in 18 million million million.
 */

/** Makes `sieve_left` or `sieve_right`, a row for each row of the FROM clause, in its order; how many. Numbers records by that order where `record` is not given. */
export async function fillSieve(
  engine: SetEngine,
  { keys, fields }: Pick<Reconciliation, 'keys' | 'fields'>,
  side: SideName,
  from: string,
  record?: string,
): Promise<number> {
  const texts = fields.map((field) => field[side])
  const columns = [
    ...keys.map((key, n) => `${lenientSql(key[side], key.ignoring)} AS k${n + 1}`),
    `${texts.length === 0 ? '0::UBIGINT' : `hash(${texts.join(', ')})`} AS texts`,
    ...(record === undefined ? [] : [`(${record})::BIGINT AS record`]),
  ]
  await engine.run(`CREATE OR REPLACE TABLE sieve_${side} AS SELECT ${columns.join(', ')} FROM ${from}`)
  const [row] = await engine.rows<{ n: number }>(`SELECT count(*) AS n FROM sieve_${side}`)
  return row?.n ?? 0
}

/** What is left to look at: tables `sifted_left` and `sifted_right` (record) and how many rows are the same on both sides. */
export async function sift(
  engine: SetEngine,
  { keys }: Pick<Reconciliation, 'keys'>,
  record: Readonly<Record<SideName, string>>,
): Promise<number> {
  const ks = numbered(keys, (n) => `k${n}`).join(', ')
  await engine.run(`
    CREATE OR REPLACE TABLE sifted AS
    SELECT ${ks} FROM (SELECT ${ks}, texts, 1 AS side FROM sieve_left UNION ALL SELECT ${ks}, texts, -1 AS side FROM sieve_right)
    GROUP BY ${ks} HAVING count(*) <> 2 OR sum(side) <> 0 OR min(texts) <> max(texts)`)
  for (const side of sides)
    await engine.run(`
      CREATE OR REPLACE TABLE sifted_${side} AS
      SELECT ${record[side]} AS record FROM sieve_${side} AS row SEMI JOIN sifted
      ON ${numbered(keys, (n) => `row.k${n} IS NOT DISTINCT FROM sifted.k${n}`).join(' AND ')} ORDER BY record`)
  const [alike] = await engine.rows<{ n: number }>(
    'SELECT (SELECT count(*) FROM sieve_left) - (SELECT count(*) FROM sifted_left) AS n',
  )
  await engine.run('DROP TABLE sifted; DROP TABLE sieve_left; DROP TABLE sieve_right')
  return alike?.n ?? 0
}
