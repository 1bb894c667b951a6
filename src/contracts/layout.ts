import type { SetEngine } from '../canonical/index.js'
import type { TextContract, Trailer } from '../config/extract-contract.js'
import {
  readHead,
  recordFields,
  recordsBeforeData,
  type Sniffed,
  sniffFile,
  unfitValue,
} from '../formats/delimited/index.js'
import { bindByName, bindByOrder, bindByPlace, type ColumnBinding } from './column-binding.js'
import { dialectOf } from './dialect-of.js'
import type { Fault } from './file-finding.js'

export interface Layout extends Sniffed {
  readonly binding: ColumnBinding
  /** Why the file cannot be used; empty where it can. */
  readonly faults: readonly Fault[]
  /** What is odd and does no harm. */
  readonly remarks: readonly Fault[]
  /** Values of the control record before the data, where the contract says that it has totals. */
  readonly opening?: readonly string[]
}

/** Enough to tell a changed layout from a wrong record. */
const sampled = 100

/** Finds out from the first records where the contract's columns stand, before any value is read. */
export async function readLayout(engine: SetEngine, contract: TextContract, path: string): Promise<Layout> {
  const { format } = contract
  const sniffed = await sniffFile(path, dialectOf(contract))
  const head = await readHead(path, sniffed.dialect, sampled)
  const marker = format['header-marker']
  const before = head.slice(0, recordsBeforeData(sniffed.dialect))
  const control = before[format['skip-records']]?.[0]?.trim() ?? ''
  const data = head
    .slice(before.length)
    .filter((record) => record[0]?.trim() !== format.trailer?.marker && record.at(-1) !== unfitValue)
  const header = hasHeader(contract) ? before.at(-1) : undefined
  const binding =
    format.kind === 'fixed'
      ? bindByPlace(contract)
      : header === undefined
        ? bindByOrder(contract, data)
        : await bindByName(engine, contract, header)
  const opening = openingFields(contract, before[format['skip-records']])
  const layout = { ...sniffed, binding, ...(opening === undefined ? {} : { opening }) }
  // A file of records alone, and there are none: the head of the file cannot be missing, since it has none.
  const bare =
    !hasHeader(contract) && marker === undefined && format.trailer === undefined && format['skip-records'] === 0
  if (head.length === 0 && !bare)
    return { ...layout, faults: [{ code: 'FILE-EMPTY', message: 'there is nothing in the file' }], remarks: [] }
  if (marker !== undefined && !(format.kind === 'fixed' ? control.startsWith(marker) : control === marker))
    return {
      ...layout,
      faults: [{ code: 'FILE-UNREADABLE', message: `the file does not begin with a control record ${marker}` }],
      remarks: [],
    }
  if (before.length < recordsBeforeData(sniffed.dialect))
    return { ...layout, faults: [{ code: 'FILE-TRUNCATED', message: 'the file ends before its header' }], remarks: [] }
  if (header !== undefined && binding.missing.size > 0 && binding.positions.size === 0)
    return { ...layout, faults: [noNames(contract)], remarks: [] }
  const missing = [...binding.missing].map(
    ([field, message]): Fault => ({
      code: 'DATA-COLUMN-MISSING',
      field,
      message: `${message}; nothing of the file is used`,
    }),
  )
  const refused = contract['new-columns'] === 'refuse'
  const unknown = binding.unknown.map(
    (field): Fault => ({
      code: 'DATA-COLUMN-NEW',
      field,
      message: `column ${field} is new: the contract ${contract.contract} does not know it; ${refused ? 'nothing of the file is used' : 'it is not read'}`,
    }),
  )
  return {
    ...layout,
    faults: refused ? [...missing, ...unknown] : missing,
    remarks: contract['new-columns'] === 'report' ? unknown : [],
  }
}

/** The record taken for the names is another. What stands in it may be a patient's, so it is not shown. */
function noNames({ columns }: TextContract): Fault {
  const sought = columns.slice(0, 3).map(({ name }) => name)
  return {
    code: 'DATA-COLUMN-MISSING',
    message:
      `the record that was taken for the names has none of the columns (${sought.join(', ')} ...); nothing of the file is used. ` +
      'Where titles stand above the names, leave them out by skip-records or pass-over of the format; where there are no names, header: false',
  }
}

export const hasHeader = ({ format }: Pick<TextContract, 'format'>): boolean =>
  format.kind === 'delimited' && format.header

/** The values of a trailer record; undefined where the record is none. */
export function trailerFields({ format }: TextContract, { dialect }: Sniffed, text: string): string[] | undefined {
  const { trailer } = format
  if (trailer === undefined) return undefined
  if (format.kind === 'fixed') return text.startsWith(trailer.marker) ? atPlaces(trailer.fields, text) : undefined
  const fields = recordFields(text, dialect)
  return fields?.[0]?.trim() === trailer.marker ? fields : undefined
}

/** The values of the control record before the data; undefined where it tells no totals. */
function openingFields({ format }: TextContract, record: readonly string[] | undefined): readonly string[] | undefined {
  const totals = format['header-totals']
  if (totals === undefined || record === undefined) return undefined
  return format.kind === 'fixed' ? atPlaces(totals.fields, record[0] ?? '') : record
}

const atPlaces = (fields: Trailer['fields'], text: string): string[] =>
  fields?.map(({ from, width }) => text.slice(from - 1, from - 1 + width)) ?? [text]
