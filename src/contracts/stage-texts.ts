import type { TextContract } from '../config/extract-contract.js'
import type { Staged } from '../formats/delimited/index.js'
import type { ColumnBinding } from './column-binding.js'
import type { TestedColumns } from './known-column.js'
import { lookedUp, lookUpKeys, type StagedLookUp, withLookedUp } from './look-up.js'
import { textOf } from './projection-sql.js'
import { filledSql, nullsToRead, nullValuesOf, trimmedSql } from './value-sql.js'

/** Where the records of a contract's file can be read. */
export interface RecordSource {
  readonly contract: TextContract
  readonly binding: ColumnBinding
  readonly staged: Pick<Staged, 'source' | 'record'>
  /** Day that effective-dated records are read for, yyyy-MM-dd; without it the latest of all count. */
  readonly asOf?: string
  /** What is known of its columns; then `nullsToRead` are NULL in it. */
  readonly tested?: TestedColumns | undefined
  /** Where what the contract looks up in other files is; without it no such column is asked for. */
  readonly lookUps?: readonly StagedLookUp[]
}

/** A file of one contract in the set engine, read but not yet typed. */
export interface StagedExtract extends RecordSource {
  readonly table: string
  readonly staged: Staged
}

/**
 * The staged records with `record` and the cleaned text of the columns named, each under the name that textOf gives it. Spaces are removed
 * in the inner query and empty texts in the outer one: in one expression over dozens of columns DuckDB would look for repeated parts longer
 * than a small file takes to read.
 */
export function textsSql(
  { contract, binding, staged, tested, lookUps = [] }: RecordSource,
  names: readonly string[],
): string {
  const columns = lookUps.length === 0 ? names : [...new Set([...names, ...lookUpKeys(contract)])]
  const read = tested === undefined ? [] : nullsToRead(contract)
  const own = columns.filter((name) => lookUps.length === 0 || lookedUp(contract, name) === undefined)
  const texts = own.map((name) => {
    const text = textOf(contract, name)
    const position = binding.positions.get(name)
    const known = tested?.get(name)
    if (position === undefined || known?.empty) return { text, trimmed: undefined, filled: 'NULL::VARCHAR' }
    // With spaces around it such a text is still to be found.
    const nulls = nullValuesOf(contract, name).filter((one) => !(known?.unspaced && read.includes(one)))
    return { text, trimmed: trimmedSql(`c${position}`, known), filled: filledSql(text, nulls, known) }
  })
  const below = texts.flatMap(({ text, trimmed }) => (trimmed === undefined ? [] : [`${trimmed} AS ${text}`]))
  const above = texts.map(({ text, filled }) => (filled === text ? text : `${filled} AS ${text}`))
  const records = `SELECT ${['record', ...above].join(', ')} FROM (SELECT ${[`${staged.record} AS record`, ...below].join(', ')} FROM ${staged.source})`
  return withLookedUp(contract, lookUps, records, columns, (name) => textOf(contract, name))
}
