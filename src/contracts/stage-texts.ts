import type { TextContract } from '../config/extract-contract.js'
import type { Staged } from '../formats/delimited/index.js'
import type { ColumnBinding } from './column-binding.js'
import type { TestedColumns } from './known-column.js'
import { textOf } from './projection-sql.js'
import { cleanSql, nullsToRead, nullValuesOf } from './value-sql.js'

/** Where the records of a contract's file can be read. */
export interface RecordSource {
  readonly contract: TextContract
  readonly binding: ColumnBinding
  readonly staged: Pick<Staged, 'source' | 'record'>
  /** Day that effective-dated records are read for, yyyy-MM-dd; without it the latest of all count. */
  readonly asOf?: string
  /** What is known of its columns; then `nullsToRead` are NULL in it. */
  readonly tested?: TestedColumns | undefined
}

/** A file of one contract in the set engine, read but not yet typed. */
export interface StagedExtract extends RecordSource {
  readonly table: string
  readonly staged: Staged
}

/** The staged records with `record` and the cleaned text of the columns named, each under the name textOf gives it. */
export function textsSql({ contract, binding, staged, tested }: RecordSource, columns: readonly string[]): string {
  const read = tested === undefined ? [] : nullsToRead(contract)
  const texts = columns.map((name) => {
    const position = binding.positions.get(name)
    const known = tested?.get(name)
    // With spaces around it such a text is still to be found.
    const nulls = nullValuesOf(contract, name).filter((text) => !(known?.unspaced && read.includes(text)))
    const clean = position === undefined ? 'NULL::VARCHAR' : cleanSql(`c${position}`, nulls, known)
    return `${clean} AS ${textOf(contract, name)}`
  })
  return `SELECT ${[`${staged.record} AS record`, ...texts].join(', ')} FROM ${staged.source}`
}
