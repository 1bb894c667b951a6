import type { RelationName, SetEngine } from '../canonical/index.js'
import type { TextContract } from '../config/extract-contract.js'
import type { StraightLoad } from '../formats/delimited/index.js'
import type { ColumnBinding } from './column-binding.js'
import { eligible, ensureRelation, insertFaultless } from './project.js'
import { projectionSql } from './projection-sql.js'

export interface StraightInto extends StraightLoad {
  /** A record was seen to have a fault. */
  faulty: boolean
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
  if (projection === undefined || another !== undefined || projection.when !== undefined) return undefined
  const sql = projectionSql(contract, projection)
  const here = `${sql.relation} WHERE source_file = ${index}`
  const straight: StraightInto = {
    faulty: false,
    async load(source) {
      await ensureRelation(engine, sql.relation)
      const records = eligible({ contract, binding, staged: { source, record: 'NULL' } }, projection, sql.uses)
      straight.faulty = !(await insertFaultless(engine, sql, records, index))
      if (straight.faulty) throw new RangeError('some record has a fault')
      return numberRows(engine, sql.relation, index)
    },
    async undo() {
      await ensureRelation(engine, sql.relation)
      await engine.run(`DELETE FROM ${here}`)
    },
  }
  return straight
}

/** Rows keep the order of the file and lie one behind the other, so their own numbers give the records'. */
async function numberRows(engine: SetEngine, relation: RelationName, index: number): Promise<number> {
  const [rows] = await engine.rows<{ first: number; last: number; count: number }>(`
    SELECT coalesce(min(rowid), 0) AS first, coalesce(max(rowid), -1) AS last, count(*) AS count
    FROM ${relation} WHERE source_file = ${index}`)
  if (rows === undefined || rows.last - rows.first + 1 !== rows.count) throw new RangeError('rows with gaps between')
  await engine.run(`UPDATE ${relation} SET source_record = rowid - ${rows.first} + 1 WHERE source_file = ${index}`)
  return rows.count
}
