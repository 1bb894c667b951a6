import type { ExtractColumn, TextContract, Trailer } from '../config/extract-contract.js'
import type { Dialect, RecordOrder } from '../formats/delimited/index.js'
import { placeOf } from './dialect-of.js'

/** Whether the file has records that are no data, or belong to others. */
export const isMixed = ({ format }: TextContract): boolean =>
  format['record-types'] !== undefined ||
  format['pass-over'] !== undefined ||
  (format.kind === 'delimited' && (format['header-repeats'] === true || format['spreadsheet-texts'] === true))

/** What the contract says of them. */
export function recordOrder({ format, columns }: TextContract): RecordOrder {
  const types = format['record-types']
  const places = (of: readonly ExtractColumn[]) => (format.kind === 'fixed' ? of.map(placeOf) : [])
  return {
    passOver: format['pass-over'] ?? [],
    headerRepeats: format.kind === 'delimited' && format['header-repeats'] === true,
    spreadsheetTexts: format.kind === 'delimited' && format['spreadsheet-texts'] === true,
    columns: columns.length,
    opening: format['header-totals']?.fields?.map(placeOf),
    trailer: format.trailer?.fields?.map(placeOf),
    types:
      types === undefined
        ? undefined
        : {
            at: types.at,
            data: types.data,
            passedOver: types['passed-over'],
            above: types.above.map((type) => {
              const own = columns.filter(({ of }) => of === type)
              return {
                type,
                columns: own.length,
                least: own.findLastIndex(({ optional }) => !optional) + 1,
                places: places(own),
              }
            }),
          },
  }
}

/** The contract of the copy, in which each data record stands behind what it belongs to. */
export function flatContract(contract: TextContract, { delimiter, quote, header, encoding }: Dialect): TextContract {
  const { format, columns } = contract
  const above = format['record-types']?.above ?? []
  const ordered = [
    ...above.flatMap((type) => columns.filter(({ of }) => of === type)),
    ...columns.filter(({ of }) => of === undefined),
  ]
  const { 'skip-records': _, ...rest } = format
  const shifted = format.kind === 'fixed' ? behindMarker : <T>(totals: T): T => totals
  return {
    ...contract,
    columns: ordered,
    format: {
      kind: 'delimited',
      delimiter,
      quote,
      header,
      encoding,
      'skip-records': 0,
      'null-values': rest['null-values'],
      ...(rest['header-marker'] === undefined ? {} : { 'header-marker': rest['header-marker'] }),
      ...(rest['header-totals'] === undefined ? {} : { 'header-totals': shifted(rest['header-totals']) }),
      ...(rest.trailer === undefined ? {} : { trailer: shifted(rest.trailer) }),
    },
  }
}

/** Of fixed places, a control record of the copy has what it begins with as its first value. */
const behindMarker = <T extends Omit<Trailer, 'marker'>>({ count, sums, ...totals }: T): T =>
  ({
    ...totals,
    ...(count === undefined ? {} : { count: count + 1 }),
    sums: sums.map(({ position, column }) => ({ position: position + 1, column })),
  }) as T
