import { type DecimalText, decimal, type RelationName, type SetEngine } from '../canonical/index.js'
import type { TextContract } from '../config/extract-contract.js'
import type { StraightLoad } from '../formats/delimited/index.js'
import type { ColumnBinding } from './column-binding.js'
import { columnTests, keyPlaces } from './column-tests.js'
import { byName, type TestedColumns } from './known-column.js'
import { eligible, ensureRelation, insertFaultless } from './project.js'
import { projectionSql, type SideValue, textOf } from './projection-sql.js'
import { summedColumn, summedColumns } from './trailer-sums.js'
import { typedColumns } from './typed-columns.js'
import { nullsToRead, typedSql } from './value-sql.js'

export interface StraightInto extends StraightLoad {
  /** A record was seen to have a fault. */
  faulty: boolean
  /** What the columns come to whose sums a control record tells, once the file is loaded. */
  readonly sums: ReadonlyMap<string, DecimalText>
}

/**
 * A contract of one projection can fill its relation straight from the file, as long as no record has a fault: that saves writing
 * all texts down once, which costs as much as the rest. undefined where the contract does more.
 */
export function straightLoad(
  engine: SetEngine,
  contract: TextContract,
  binding: ColumnBinding,
  index: number,
): StraightInto | undefined {
  const [projection, another] = contract.projections
  if (Object.keys(contract['look-ups']).length > 0) return undefined
  if (projection === undefined || another !== undefined || projection.when !== undefined) return undefined
  if (projection['newest-by'] ?? projection.merge ?? projection.changes) return undefined
  // Their totals are summed in seconds, which the relation does not have.
  if (summedColumns(contract).some((column) => summedColumn(contract, column)['hours-and-minutes'])) return undefined
  const relation = projection.relation as RelationName
  const here = `${relation} WHERE source_file = ${index}`
  const sums = new Map<string, DecimalText>()
  const straight: StraightInto = {
    faulty: false,
    sums,
    asks: {
      tests: columnTests(contract, binding, projection),
      nulls: nullsToRead(contract),
      key: keyPlaces(contract, binding, projection),
    },
    async load(source, columns) {
      const typed = columns && typedColumns(contract, binding, projection, byName(binding, columns))
      const tested = typed?.known
      const sql = projectionSql(contract, projection, tested)
      const summed = summedValues(contract, tested)
      const uses = [...new Set([...sql.uses, ...summed.map(({ column }) => column)])]
      const records = eligible(
        { contract, binding, staged: { source: source(typed?.as), record: 'NULL' }, tested },
        projection,
        uses,
      )
      await ensureRelation(engine, relation)
      await addColumns(engine, relation, summed)
      try {
        straight.faulty = !(await insertFaultless(engine, sql, records, index, summed))
        if (straight.faulty) throw new RangeError('some record has a fault')
        for (const { name, column } of summed) sums.set(column, await sumOf(engine, name, here))
      } finally {
        await dropColumns(engine, relation, summed)
      }
      return numberRows(engine, relation, index)
    },
    async undo() {
      await ensureRelation(engine, relation)
      await engine.run(`DELETE FROM ${here}`)
    },
  }
  return straight
}

/**
 * Rows keep the order of the file and lie one behind the other, so they are numbered as they lie. The column is written anew: what an
 * UPDATE changes DuckDB keeps beside the old values, with what undoes it: 22 bytes a row.
 */
async function numberRows(engine: SetEngine, relation: RelationName, index: number): Promise<number> {
  const here = `source_file = ${index}`
  await engine.run(`
    CREATE OR REPLACE SEQUENCE next_record;
    ALTER TABLE ${relation} ALTER source_record TYPE BIGINT USING CASE WHEN ${here} THEN nextval('next_record') ELSE source_record END;
    DROP SEQUENCE next_record`)
  const [rows] = await engine.rows<{ count: number; least: number; most: number }>(`
    SELECT count(*) AS count, min(rowid - source_record) AS least, max(rowid - source_record) AS most FROM ${relation} WHERE ${here}`)
  if (rows === undefined || rows.least !== rows.most) throw new RangeError('rows with gaps between')
  return rows.count
}

/** The columns that the trailer sums, which are columns of the relation during the load: reading the file again would take a fifth longer. */
const summedValues = (contract: TextContract, tested: TestedColumns | undefined): readonly SideValue[] =>
  summedColumns(contract).map((column, n) => {
    const type = `DECIMAL(18,${Math.min(summedColumn(contract, column).scale, 6)})`
    const text = textOf(contract, column)
    const sql = typedSql(text, summedColumn(contract, column), type, tested?.get(column))
    // As a bare name it would be found within others where the same is not computed twice.
    const value = sql === text ? { sql: `${text}::${type}` } : { sql, nullWith: text }
    return { name: `summed_${n}`, column, type, ...value }
  })

async function addColumns(engine: SetEngine, relation: RelationName, columns: readonly SideValue[]): Promise<void> {
  // There may be one yet of a load that was stopped.
  for (const { name, type } of columns)
    await engine.run(
      `ALTER TABLE ${relation} DROP COLUMN IF EXISTS ${name}; ALTER TABLE ${relation} ADD COLUMN ${name} ${type}`,
    )
}

async function dropColumns(engine: SetEngine, relation: RelationName, columns: readonly SideValue[]): Promise<void> {
  for (const { name } of columns) await engine.run(`ALTER TABLE ${relation} DROP COLUMN ${name}`)
}

async function sumOf(engine: SetEngine, column: string, rows: string): Promise<DecimalText> {
  const [row] = await engine.rows<{ sum: string }>(
    `SELECT coalesce(sum(${column}), 0)::DECIMAL(38,6) AS sum FROM ${rows}`,
  )
  return decimal(row?.sum ?? '0')
}
