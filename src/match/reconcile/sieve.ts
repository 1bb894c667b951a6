import type { SetEngine } from '../../canonical/index.js'
import { lenientSql } from './compare-sql.js'
import { type Reconciliation, type SideName, sides } from './reconciliation.js'

/**
 * Large files are first read down to two 64-bit hashes a row: of its key, and of its key with the compared texts. Most rows are the same on
 * both sides, and these need no more; all others go on, also those of different keys that happen to have one hash. That keeps two
 * relations of any width in little memory, and costs less than joining them whole. A changed row would stay unseen where both of its
 * versions have one hash: one in 18 million million million.
 */

/**
 * Makes `sieve_left` or `sieve_right`, a row for each row of the FROM clause and in its order; how many. Without `record` that order is
 * what numbers the records.
 */
export async function fillSieve(
  engine: SetEngine,
  { keys, fields }: Pick<Reconciliation, 'keys' | 'fields'>,
  side: SideName,
  from: string,
  record?: string,
): Promise<number> {
  const key = keys.map((column) => lenientSql(column[side], column.ignoring))
  const columns = [
    `hash(${key.join(', ')}) AS key`,
    `hash(${[...key, ...fields.map((field) => field[side])].join(', ')}) AS texts`,
    ...(record === undefined ? [] : [`(${record})::BIGINT AS record`]),
  ]
  await engine.run(`CREATE OR REPLACE TABLE sieve_${side} AS SELECT ${columns.join(', ')} FROM ${from}`)
  const [row] = await engine.rows<{ n: number }>(`SELECT count(*) AS n FROM sieve_${side}`)
  return row?.n ?? 0
}

/**
 * What is left to look at: tables `sifted_left` and `sifted_right` (record). Returns how many rows are the same on both sides.
 * @param record SQL of the record's number in the sieve of each side
 */
export async function sift(engine: SetEngine, record: Readonly<Record<SideName, string>>): Promise<number> {
  await engine.run(`
    CREATE OR REPLACE TABLE sifted AS
    SELECT key FROM (SELECT key, texts, 1 AS side FROM sieve_left UNION ALL SELECT key, texts, -1 AS side FROM sieve_right)
    GROUP BY key HAVING count(*) <> 2 OR sum(side) <> 0 OR min(texts) <> max(texts)`)
  for (const side of sides)
    await engine.run(`
      CREATE OR REPLACE TABLE sifted_${side} AS
      SELECT ${record[side]} AS record FROM sieve_${side} SEMI JOIN sifted USING (key) ORDER BY record`)
  const [alike] = await engine.rows<{ n: number }>(
    'SELECT (SELECT count(*) FROM sieve_left) - (SELECT count(*) FROM sifted_left) AS n',
  )
  await engine.run('DROP TABLE sifted; DROP TABLE sieve_left; DROP TABLE sieve_right')
  return alike?.n ?? 0
}
