import { sqlType } from '../canonical/index.js'
import type { ExtractColumn, TextContract } from '../config/extract-contract.js'
import type { ReadAs } from '../formats/delimited/index.js'
import type { ColumnBinding } from './column-binding.js'
import { kindsMade } from './column-tests.js'
import type { KnownColumn, TestedColumns } from './known-column.js'
import { nullsToRead, nullValuesOf } from './value-sql.js'

type ContractProjection = TextContract['projections'][number]

/**
 * Lets the set engine read columns as what they are, where each value is known to be written as it takes them and no other way: a text
 * need not be made of it first. A number too large or a day that there is not is a fault there too.
 */
export function typedColumns(
  contract: TextContract,
  { positions }: ColumnBinding,
  projection: ContractProjection,
  tested: TestedColumns,
): { readonly known: TestedColumns; readonly as: ReadAs } {
  const known = new Map<string, KnownColumn>(tested)
  const types = new Map<number, string>()
  let dateFormat: string | undefined
  for (const column of contract.columns) {
    const position = positions.get(column.name)
    const one = known.get(column.name)
    if (position === undefined || one === undefined || !one.fits || one.empty) continue
    const readAs = typeOf(contract, column, projection, one)
    if (readAs === undefined) continue
    if (readAs === sqlType.date) {
      // The engine has one pattern for a file.
      dateFormat ??= column.formats?.[0]
      if (dateFormat !== column.formats?.[0]) continue
    }
    types.set(position, readAs)
    known.set(column.name, { ...one, readAs })
  }
  return { known, as: { types, ...(dateFormat === undefined ? {} : { dateFormat }) } }
}

/** undefined where its text is looked at somewhere. */
function typeOf(
  contract: TextContract,
  column: ExtractColumn,
  projection: ContractProjection,
  { test }: KnownColumn,
): string | undefined {
  if (test.kind !== 'number' && test.kind !== 'shape') return undefined
  const [kind, ...others] = kindsMade(column.name, projection)
  if (kind === undefined || [kind, ...others].includes('text')) return undefined
  if (contract.columns.some(({ sensitivity }) => sensitivity === 'personal')) return undefined
  const read = nullsToRead(contract)
  return nullValuesOf(contract, column.name).every((text) => read.includes(text)) ? sqlType[kind] : undefined
}
