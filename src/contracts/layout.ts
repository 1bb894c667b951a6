import type { SetEngine } from '../canonical/index.js'
import type { ExtractContract } from '../config/extract-contract.js'
import {
  type Dialect,
  readHead,
  recordFields,
  recordsBeforeData,
  type Sniffed,
  sniffFile,
} from '../formats/delimited/index.js'
import { bindByName, bindByOrder, type ColumnBinding } from './column-binding.js'
import type { Fault } from './file-finding.js'

export interface Layout extends Sniffed {
  readonly binding: ColumnBinding
  /** Why the file cannot be used; empty where it can. */
  readonly faults: readonly Fault[]
  /** What is odd and does no harm. */
  readonly remarks: readonly Fault[]
}

/** Enough to tell a changed layout from a wrong record. */
const sampled = 100

/** Finds out from the first records where the contract's columns stand, before any value is read. */
export async function readLayout(engine: SetEngine, contract: ExtractContract, path: string): Promise<Layout> {
  const { format } = contract
  const sniffed = await sniffFile(path, dialectOf(contract))
  const head = await readHead(path, sniffed.dialect, sampled)
  const marker = format['header-marker']
  const before = head.slice(0, recordsBeforeData(sniffed.dialect))
  const data = head.slice(before.length).filter(([first]) => first?.trim() !== format.trailer?.marker)
  const header = format.header ? before.at(-1) : undefined
  const binding = header === undefined ? bindByOrder(contract, data) : await bindByName(engine, contract, header)
  const layout = { ...sniffed, binding }
  if (head.length === 0)
    return { ...layout, faults: [{ code: 'FILE-EMPTY', message: 'there is nothing in the file' }], remarks: [] }
  if (marker !== undefined && before[0]?.[0]?.trim() !== marker)
    return {
      ...layout,
      faults: [{ code: 'FILE-UNREADABLE', message: `the file does not begin with a control record ${marker}` }],
      remarks: [],
    }
  if (before.length < recordsBeforeData(sniffed.dialect))
    return { ...layout, faults: [{ code: 'FILE-TRUNCATED', message: 'the file ends before its header' }], remarks: [] }
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

/** The values of a trailer record; undefined where the record is none. */
export function trailerFields({ format }: ExtractContract, { dialect }: Sniffed, text: string): string[] | undefined {
  const fields = recordFields(text, dialect)
  return format.trailer !== undefined && fields?.[0]?.trim() === format.trailer.marker ? fields : undefined
}

function dialectOf({ format }: ExtractContract): Dialect {
  const { delimiter, quote, encoding, header, trailer } = format
  return {
    delimiter,
    quote,
    encoding,
    header,
    ...(format['header-marker'] === undefined ? {} : { headerMarker: format['header-marker'] }),
    ...(trailer === undefined ? {} : { trailerMarker: trailer.marker }),
  }
}
