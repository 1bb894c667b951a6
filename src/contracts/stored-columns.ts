import type { ExtractColumn, ExtractContract } from '../config/extract-contract.js'
import { type StoredField, storedWidth } from '../formats/delimited/index.js'
import { placeOf } from './dialect-of.js'

type StoredColumn = ExtractColumn & { readonly 'stored-as': NonNullable<ExtractColumn['stored-as']> }

const isStored = (column: ExtractColumn): column is StoredColumn => column['stored-as'] !== undefined

/** Where numbers stand in a record that are no text, in the order of the columns. */
export const storedFields = ({ columns }: Pick<ExtractContract, 'columns'>): readonly StoredField[] =>
  columns.filter(isStored).map((column) => ({ ...placeOf(column), as: column['stored-as'], of: column.of }))

/** The columns of the copy, in which the digits of such numbers stand behind the record; and how long a record of it is. */
export function unpackedColumns(
  { columns }: Pick<ExtractContract, 'columns'>,
  recordLength: number,
): { readonly columns: ExtractColumn[]; readonly recordLength: number } {
  let end = recordLength
  const moved = columns.map((column): ExtractColumn => {
    if (!isStored(column)) return column
    const { 'stored-as': _, ...text } = column
    const from = end + 1
    const width = storedWidth(column.width ?? 1)
    end += width
    return { ...text, from, width }
  })
  return { columns: moved, recordLength: end }
}

/** Bytes of the records of a fixed file without line ends; of records that say themselves how long they are, as far as anything is named. */
export function bytesOfRecord({ format, columns }: Pick<ExtractContract, 'format' | 'columns'>): number | undefined {
  if (format.kind !== 'fixed') return undefined
  if (format['record-descriptors'] !== true) return format['line-ends'] === false ? format['record-length'] : undefined
  const { trailer, 'header-totals': totals, 'record-types': types } = format
  const named = [...columns, ...(trailer?.fields ?? []), ...(totals?.fields ?? [])].map((one) => placeOf(one).end)
  const markers = [trailer?.marker, format['header-marker'], ...(format['pass-over'] ?? [])].map(
    (one) => one?.length ?? 0,
  )
  const ofTypes = [...(types?.data ?? []), ...(types?.above ?? []), ...(types?.['passed-over'] ?? [])].map(
    ({ length }) => (types?.at ?? 1) - 1 + length,
  )
  return Math.max(...named, ...markers, ...ofTypes)
}
