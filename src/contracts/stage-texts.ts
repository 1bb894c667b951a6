import type { TextContract } from '../config/extract-contract.js'
import type { Staged } from '../formats/delimited/index.js'
import type { ColumnBinding } from './column-binding.js'
import { textOf } from './projection-sql.js'
import { cleanSql, nullValuesOf } from './value-sql.js'

/** Where the records of a contract's file can be read. */
export interface RecordSource {
  readonly contract: TextContract
  readonly binding: ColumnBinding
  readonly staged: Pick<Staged, 'source' | 'record'>
  /** Day that effective-dated records are read for, yyyy-MM-dd; without it the latest of all count. */
  readonly asOf?: string
}

/** A file of one contract in the set engine, read but not yet typed. */
export interface StagedExtract extends RecordSource {
  readonly table: string
  readonly staged: Staged
}

/** The staged records with `record` and the cleaned text of the columns named, each under the name textOf gives it. */
export function textsSql({ contract, binding, staged }: RecordSource, columns: readonly string[]): string {
  const texts = columns.map((name) => {
    const position = binding.positions.get(name)
    const clean = position === undefined ? 'NULL::VARCHAR' : cleanSql(`c${position}`, nullValuesOf(contract, name))
    return `${clean} AS ${textOf(contract, name)}`
  })
  return `SELECT ${[`${staged.record} AS record`, ...texts].join(', ')} FROM ${staged.source}`
}
