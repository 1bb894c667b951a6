import { createRelation, type RelationName, type SetEngine } from '../canonical/index.js'
import { MatchbookError } from '../errors/index.js'
import { insertRejects } from './projection-rejects.js'
import { type Check, type ContractProjection, type ProjectionSql, projectionSql, textOf } from './projection-sql.js'
import { type StagedExtract, textsSql } from './stage-texts.js'

/**
 * Fills one canonical relation from a staged extract; faulty records are left out and told in table `reject`. Most files have no
 * fault, so all records are put in at once and the empty cells counted after; only when that fails is each record looked at.
 */
export async function project(
  engine: SetEngine,
  extract: StagedExtract,
  projection: ContractProjection,
  index: number,
): Promise<void> {
  const { contract, table } = extract
  const sql = projectionSql(contract, projection)
  await engine.run(createRelation(sql.relation).replace('CREATE TABLE', 'CREATE TABLE IF NOT EXISTS'))
  const alone = contract.projections.filter(({ relation }) => relation === projection.relation).length === 1
  if (alone && (await insertFaultless(engine, extract, projection, sql, index))) return

  const records = eligible(extract, projection, sql.uses)
  await engine.run(
    `CREATE OR REPLACE TABLE ${table}_faulty AS SELECT record FROM (${records}) WHERE ${anyOf(sql.checks)}`,
  )
  const before = await countRows(engine, sql.relation)
  await insert(engine, sql, records, index, `WHERE record NOT IN (FROM ${table}_faulty)`)
  const inserted = (await countRows(engine, sql.relation)) - before
  const faulty = await countRows(engine, `${table}_faulty`)
  const expected = await countRows(engine, `(${records})`)
  if (inserted + faulty !== expected)
    throw new MatchbookError(
      'TOTALS-DIFFER',
      `${contract.contract}: of ${expected} records ${inserted} went into ${sql.relation} and ${faulty} were rejected`,
    )
  if (faulty > 0) {
    const everything = contract.columns.map(({ name }) => name)
    await insertRejects(
      engine,
      extract,
      sql,
      index,
      `${eligible(extract, projection, everything)} AND record IN (FROM ${table}_faulty)`,
    )
  }
  await engine.run(`DROP TABLE ${table}_faulty`)
}

/** The records the projection is about. */
function eligible(extract: StagedExtract, { when }: ContractProjection, columns: readonly string[]): string {
  const filter = when === undefined ? 'true' : `${textOf(extract.contract, when)} IS NOT NULL`
  return `SELECT * FROM (${textsSql(extract, columns)}) WHERE ${filter}`
}

async function insert(engine: SetEngine, sql: ProjectionSql, records: string, index: number, only = ''): Promise<void> {
  const names = sql.values.map(({ name }) => name)
  const values = sql.values.map((value) => value.sql)
  await engine.run(`
    INSERT INTO ${sql.relation} (${[...names, 'source_file', 'source_record'].join(', ')})
    SELECT ${[...values, index, 'record'].join(', ')} FROM (${records}) ${only}`)
}

/**
 * Required values that are wrong or empty break the relation's NOT NULL; other wrong values are empty cells where the file has none.
 * (A filter on the values would make DuckDB compute each of them twice.) False, and nothing inserted, where there is a fault.
 */
async function insertFaultless(
  engine: SetEngine,
  extract: StagedExtract,
  projection: ContractProjection,
  sql: ProjectionSql,
  index: number,
): Promise<boolean> {
  const records = eligible(extract, projection, sql.uses)
  try {
    await insert(engine, sql, records, index)
  } catch (error) {
    if (error instanceof Error && error.message.includes('NOT NULL constraint')) return false
    throw error
  }
  const unsure = sql.values.filter(({ nullWith }) => nullWith !== undefined)
  const empty = anyOf(sql.checks.filter(({ code, column }) => code === 'DATA-REQUIRED' && !sql.enforced.has(column)))
  const counts = (columns: readonly (string | undefined)[]): string =>
    ['count(*)', ...columns.map((column) => `count(${column})`)].join(" || ' ' || ")
  const [found] = await engine.rows<{ same: boolean }>(`
    SELECT (SELECT ${counts(unsure.map(({ nullWith }) => nullWith))} || CASE WHEN count_if(${empty}) > 0 THEN ' empty' ELSE '' END FROM (${records}))
      = (SELECT ${counts(unsure.map(({ name }) => name))} FROM ${sql.relation} WHERE source_file = ${index}) AS same`)
  if (found?.same === true) return true
  await engine.run(`DELETE FROM ${sql.relation} WHERE source_file = ${index}`)
  return false
}

const anyOf = (checks: readonly Check[]): string =>
  checks.length === 0 ? 'false' : checks.map(({ bad }) => `(${bad})`).join(' OR ')

async function countRows(engine: SetEngine, from: RelationName | string): Promise<number> {
  const [row] = await engine.rows<{ n: number }>(`SELECT count(*) AS n FROM ${from}`)
  return row?.n ?? 0
}
