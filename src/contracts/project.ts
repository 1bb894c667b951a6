import { createRelation, literal, type RelationName, type SetEngine, sqlType } from '../canonical/index.js'
import { MatchbookError } from '../errors/index.js'
import type { Check } from './check.js'
import { insertRejects } from './projection-rejects.js'
import {
  type ContractProjection,
  type ProjectionSql,
  projectionSql,
  removalSql,
  type SideValue,
  textOf,
  whenSql,
} from './projection-sql.js'
import { type RecordSource, type StagedExtract, textsSql } from './stage-texts.js'
import { typedSql } from './value-sql.js'

/**
 * Fills one canonical relation from a staged extract. Faulty records are left out and listed in table `reject`; values that may not be used,
 * of records that are, in table `blanked`. Most files have no fault, so all records are put in at once and the empty cells counted
 * afterwards; only when that fails is each record looked at.
 */
export async function project(
  engine: SetEngine,
  extract: StagedExtract,
  projection: ContractProjection,
  index: number,
  knownFaulty: boolean,
): Promise<void> {
  const { contract, table } = extract
  const sql = projectionSql(contract, projection)
  await ensureRelation(engine, sql.relation)
  const records = eligible(extract, projection, sql.uses)
  if (!knownFaulty && (await insertFaultless(engine, sql, records, index))) return

  const stopping = sql.checks.filter(({ blanks }) => blanks === undefined)
  const blanking = sql.checks.filter(({ blanks }) => blanks !== undefined)
  const flags = blanking.map(({ bad }, n) => `(${bad}) AS blanks_${n}`)
  await engine.run(`
    CREATE OR REPLACE TABLE ${table}_faulty AS
    SELECT * FROM (SELECT record, (${anyOf(stopping)}) AS is_out${flags.map((flag) => `, ${flag}`).join('')} FROM (${records}))
    WHERE ${['is_out', ...blanking.map((_, n) => `blanks_${n}`)].join(' OR ')}`)
  const out = `SELECT record FROM ${table}_faulty WHERE is_out`
  const used = {
    ...sql,
    values: sql.values.map((value) => {
      const without = blanking.flatMap(({ blanks = [] }, n) => (blanks.includes(value.name) ? [`blanks_${n}`] : []))
      if (without.length === 0) return value
      const open = `record IN (SELECT record FROM ${table}_faulty WHERE ${without.join(' OR ')})`
      return { ...value, sql: `CASE WHEN NOT ${open} THEN ${value.sql} END` }
    }),
  }
  const before = await countRows(engine, sql.relation)
  await insert(engine, used, records, index, `WHERE record NOT IN (${out})`)
  const inserted = (await countRows(engine, sql.relation)) - before
  const faulty = await countRows(engine, `(${out})`)
  const expected = await countRows(engine, `(${records})`)
  if (inserted + faulty !== expected)
    throw new MatchbookError(
      'TOTALS-DIFFER',
      `${contract.contract}: of ${expected} records ${inserted} went into ${sql.relation} and ${faulty} were rejected`,
    )
  const everything = eligible(
    extract,
    projection,
    contract.columns.map(({ name }) => name),
  )
  if (faulty > 0) await insertRejects(engine, extract, sql, index, `${everything} AND record IN (${out})`)
  if ((await countRows(engine, `${table}_faulty`)) > faulty)
    await insertRejects(
      engine,
      extract,
      { ...sql, checks: blanking },
      index,
      `${everything} AND record IN (SELECT record FROM ${table}_faulty WHERE NOT is_out)`,
      'blanked',
    )
  await engine.run(`DROP TABLE ${table}_faulty`)
}

export const ensureRelation = (engine: SetEngine, relation: RelationName): Promise<void> =>
  engine.run(createRelation(relation))

/** The records the projection is about. */
export function eligible(extract: RecordSource, projection: ContractProjection, columns: readonly string[]): string {
  const filter = whenSql(extract.contract, projection)
  const removal = removalSql(extract.contract, projection)
  const put = removal === undefined ? '' : ` AND NOT (${removal})`
  const records = `SELECT * FROM (${textsSql(extract, columns)}) WHERE ${filter}${put}`
  return projection['newest-by'] === undefined ? records : newest(extract, projection, projection['newest-by'], records)
}

/** Of effective-dated records those in force on the day. What has no readable date stays, to be rejected or to be the oldest. */
function newest(
  { contract, asOf }: RecordSource,
  projection: ContractProjection,
  newestBy: string,
  records: string,
): string {
  const { values } = projectionSql(contract, projection)
  const key = projection.key.flatMap((name) => values.find((value) => value.name === name)?.sql ?? [])
  const column = contract.columns.find(({ name }) => name === newestBy)
  if (column === undefined) throw new RangeError(`contract ${contract.contract} has no column ${newestBy}`)
  const text = textOf(contract, newestBy)
  const day = typedSql(text, column, sqlType.date)
  const reached = asOf === undefined ? '' : ` AND coalesce((${day}) <= DATE ${literal(asOf)}, true)`
  return `${records}${reached}
    QUALIFY rank() OVER (PARTITION BY ${key.join(', ')} ORDER BY ${day} DESC NULLS LAST) = 1 OR ((${day}) IS NULL AND ${text} IS NOT NULL)`
}

async function insert(engine: SetEngine, sql: ProjectionSql, records: string, index: number, only = ''): Promise<void> {
  const names = sql.values.map(({ name }) => name)
  const values = sql.values.map((value) => value.sql)
  await engine.run(`
    INSERT INTO ${sql.relation} (${[...names, 'source_file', 'source_record'].join(', ')})
    SELECT ${[...values, index, 'record'].join(', ')} FROM (${records}) ${only}`)
}

/**
 * Puts all records in; or none, and returns false, where one has a fault. Required values that are wrong or empty break the relation's NOT
 * NULL; for other values, and for an identity in the open, the statement fails by itself. (A filter would make DuckDB compute each value
 * twice.)
 * @param beside values for columns that the relation has for the time being. What they compute is not computed again for others.
 */
export async function insertFaultless(
  engine: SetEngine,
  sql: ProjectionSql,
  records: string,
  index: number,
  beside: readonly SideValue[] = [],
): Promise<boolean> {
  const unseen = anyOf(
    sql.checks.filter(
      ({ code, column }) =>
        code === 'DATA-PHI' ||
        code === 'DATA-REFERENCE' ||
        column === sql.newestBy ||
        column === sql.changes ||
        (code === 'DATA-REQUIRED' && !sql.enforced.has(column)),
    ),
  )
  const checked = [...sql.values, ...beside].map(({ name, nullWith }) =>
    nullWith === undefined
      ? name
      : `CASE WHEN ${name} IS NULL AND ${nullWith} IS NOT NULL THEN error('unfit value') ELSE ${name} END`,
  )
  const names = [...sql.values, ...beside].map(({ name }) => name)
  const values = sql.values.map(
    ({ name, sql }) => `${beside.reduce((value, part) => value.replaceAll(part.sql, part.name), sql)} AS ${name}`,
  )
  const first = beside.map((value) => `${value.sql} AS ${value.name}`)
  try {
    await engine.run(`
      INSERT INTO ${sql.relation} (${[...names, 'source_file', 'source_record'].join(', ')})
      SELECT ${checked.join(', ')}, CASE WHEN ${unseen} THEN error('unfit value') ELSE ${index} END, record
      FROM (SELECT *, ${values.join(', ')} FROM (SELECT ${['*', ...first].join(', ')} FROM (${records})))`)
    return true
  } catch (error) {
    if (error instanceof Error && /NOT NULL constraint|unfit value/.test(error.message)) return false
    throw error
  }
}

const anyOf = (checks: readonly Check[]): string =>
  checks.length === 0 ? 'false' : checks.map(({ bad }) => `(${bad})`).join(' OR ')

export async function countRows(engine: SetEngine, from: RelationName | string): Promise<number> {
  const [row] = await engine.rows<{ n: number }>(`SELECT count(*) AS n FROM ${from}`)
  return row?.n ?? 0
}
