import type { RelationName, SetEngine } from '../canonical/index.js'
import type { ExtractContract } from '../config/extract-contract.js'
import { keysOf } from './duplicates.js'
import { insertRejects } from './projection-rejects.js'
import { type ContractProjection, projectionSql, removalSql, whenSql } from './projection-sql.js'
import { type StagedExtract, textsSql } from './stage-texts.js'

/** Keys that a file takes out of a relation: source_file, source_record and the key columns. */
const removedBy = (relation: string, index: number): string => `removed_${relation}_${index}`

/** Notes what the records of a file take out. Of those only the key is read; one whose key cannot be is rejected. */
export async function takeRemovals(
  engine: SetEngine,
  extract: StagedExtract,
  projection: ContractProjection,
  index: number,
): Promise<void> {
  const { contract } = extract
  const removal = removalSql(contract, projection)
  if (removal === undefined) return
  const sql = projectionSql(contract, projection)
  const columns = new Set(sql.keyColumns.map(({ column }) => column))
  const checks = sql.checks.filter(({ column }) => columns.has(column))
  const everything = contract.columns.map(({ name }) => name)
  const records = `SELECT * FROM (${textsSql(extract, everything)}) WHERE ${whenSql(contract, projection)} AND ${removal}`
  const faulty = checks.length === 0 ? 'false' : checks.map(({ bad }) => `(${bad})`).join(' OR ')
  const key = projection.key.map((name) => `(${sql.values.find((value) => value.name === name)?.sql}) AS ${name}`)
  await insertRejects(engine, extract, { ...sql, checks }, index, `${records} AND (${faulty})`)
  await engine.run(`
    CREATE OR REPLACE TABLE ${removedBy(sql.relation, index)} AS
    SELECT ${index} AS source_file, record AS source_record, ${key.join(', ')} FROM (${records} AND NOT (${faulty}))`)
}

/** Of several records of one key in a file of changes the last one counts. */
export async function keepLastOfEach(
  engine: SetEngine,
  relation: RelationName,
  key: readonly string[],
  index: number,
): Promise<void> {
  await keepLast(engine, relation, key, [index], 'source_record')
}

/** Puts files of changes, oldest first, over the first of them, which is whole: of each key the last word counts. */
export async function applyChanges(
  engine: SetEngine,
  contract: ExtractContract,
  indexes: readonly number[],
): Promise<void> {
  const cases = indexes.map((index, place) => `WHEN ${index} THEN ${place}`).join(' ')
  for (const [relation, key] of keysOf(contract)) {
    await keepLast(engine, relation, key, indexes, `CASE source_file ${cases} END`)
    for (const index of indexes) await engine.run(`DROP TABLE IF EXISTS ${removedBy(relation, index)}`)
  }
}

async function keepLast(
  engine: SetEngine,
  relation: RelationName,
  key: readonly string[],
  indexes: readonly number[],
  place: string,
): Promise<void> {
  const here = `source_file IN (${indexes.join(', ')})`
  const removed = await tables(
    engine,
    indexes.map((index) => removedBy(relation, index)),
  )
  const keys = key.join(', ')
  const words = [`${relation} WHERE ${here}`, ...removed].map(
    (from) => `SELECT ${keys}, ${place} AS place FROM ${from}`,
  )
  const same = (table: string) =>
    key.map((name) => `${table}.${name} IS NOT DISTINCT FROM last_word.${name}`).join(' AND ')
  await engine.run(`
    CREATE OR REPLACE TABLE last_word AS
    SELECT ${keys}, max(place) AS place FROM (${words.join(' UNION ALL ')}) GROUP BY ${keys};
    DELETE FROM ${relation} USING last_word WHERE ${here} AND ${same(relation)} AND (${place}) < last_word.place;
    ${removed.map((table) => `DELETE FROM ${table} USING last_word WHERE ${same(table)} AND (${place}) < last_word.place;`).join('\n')}
    DROP TABLE last_word`)
}

async function tables(engine: SetEngine, names: readonly string[]): Promise<string[]> {
  const there = await engine.rows<{ name: string }>('SELECT table_name AS name FROM information_schema.tables')
  const known = new Set(there.map(({ name }) => name))
  return names.filter((name) => known.has(name))
}
