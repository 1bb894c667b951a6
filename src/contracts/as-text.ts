import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ExtractContract, TextContract } from '../config/extract-contract.js'
import { MatchbookError } from '../errors/index.js'
import {
  arrangeRecords,
  copyAsLines,
  copyUnpacked,
  encodingOf,
  isPlain,
  plainDialect,
  sniffFile,
} from '../formats/delimited/index.js'
import { dialectOf } from './dialect-of.js'
import type { Fault } from './file-finding.js'
import { apart } from './look-up.js'
import { isNested, nestedAsText } from './nested-as-text.js'
import { flatContract, isMixed, recordOrder } from './record-order.js'
import { bytesOfRecord, storedFields, unpackedColumns } from './stored-columns.js'
import type { TextExtract } from './text-extract.js'

/** An extract of any kind as text. Lets `work` read it, and removes what it had to copy. */
export async function withText<T>(
  contract: ExtractContract,
  file: string,
  tempFolder: string | undefined,
  work: (extract: TextExtract) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(path.join(tempFolder ?? tmpdir(), 'matchbook-text-'))
  try {
    return await work(await asText(contract, file, path.join(folder, 'extract.csv')))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * The same; what cannot be read as it stands is copied to `target`: a workbook's sheet as delimited values, each row on the line of its
 * number, records of nested objects as delimited values, and text in another encoding, or without line ends, as lines of UTF-8. Its contract is
 * that of the file alone: what it looks up in others is not in it.
 */
export async function asText(declared: ExtractContract, file: string, target: string): Promise<TextExtract> {
  const contract = apart(declared).own
  const { format } = contract
  if (format.kind === 'xlsx') return sheetAsText(contract, file, target)
  if (isNested(format)) return nestedAsText({ ...contract, format }, file, target)
  const encoding = await encodingOf(file, format.encoding)
  const recordLength = bytesOfRecord(contract)
  const described = format.kind === 'fixed' && format['record-descriptors'] === true
  if (isPlain(encoding) && recordLength === undefined)
    return inOrder({ contract: { ...contract, format: { ...format, encoding } }, path: file }, target)
  const fields = storedFields(contract)
  const unpacked =
    recordLength === undefined || (fields.length === 0 && !described)
      ? undefined
      : unpackedColumns(contract, recordLength)
  const text: TextContract = {
    ...contract,
    format: {
      ...format,
      encoding: 'utf-8',
      ...(unpacked === undefined ? {} : { 'record-length': unpacked.recordLength }),
    },
    ...(unpacked === undefined ? {} : { columns: unpacked.columns }),
  }
  const lines = isMixed(text) ? `${target}.lines` : target
  const unreadable =
    unpacked === undefined || recordLength === undefined
      ? await copyAsLines(file, lines, { encoding, recordLength })
      : await copyUnpacked(file, lines, {
          encoding,
          recordLength,
          described,
          fields,
          types: typesOf(contract),
          opening: format['header-marker'],
          trailer: format.trailer?.marker,
        })
  if (unreadable === undefined) return inOrder({ contract: text, path: lines }, target)
  const { why, byteOffset, cut } = unreadable
  const fault: Fault = {
    code: cut ? 'FILE-TRUNCATED' : 'FILE-UNREADABLE',
    message: `${why}; nothing of the file is used`,
    evidence: [{ byteOffset }],
  }
  return { contract: text, path: target, fault }
}

const typesOf = ({ format }: ExtractContract) => {
  const types = 'record-types' in format ? format['record-types'] : undefined
  return types && { at: types.at, data: types.data, others: [...types.above, ...types['passed-over']] }
}

/** Each data record by itself, whatever stands between. */
async function inOrder(extract: TextExtract, target: string): Promise<TextExtract> {
  const { contract, path: file } = extract
  if (!isMixed(contract)) return extract
  const { dialect } = await sniffFile(file, dialectOf(contract))
  const arranged = await arrangeRecords(file, target, dialect, recordOrder(contract))
  return { contract: flatContract(contract, arranged.dialect), path: target, arranged }
}

async function sheetAsText(contract: ExtractContract, file: string, target: string): Promise<TextExtract> {
  const { format } = contract
  if (format.kind !== 'xlsx') throw new RangeError(`contract ${contract.contract} is of no workbook`)
  const { sheet, kind: _, ...framing } = format
  const text: TextContract = {
    ...contract,
    format: { ...framing, ...plainDialect, encoding: 'utf-8', kind: 'delimited', header: true },
  }
  const { sheetToCsv } = await import('../formats/xlsx/index.js')
  try {
    await sheetToCsv(file, target, { sheet, titles: format['skip-records'] })
    return { contract: text, path: target }
  } catch (error) {
    if (!(error instanceof MatchbookError) || error.code !== 'WORKBOOK-REFUSED') throw error
    const message = `it cannot be read as a workbook: ${error.message}; nothing of the file is used`
    return { contract: text, path: target, fault: { code: 'FILE-UNREADABLE', message } }
  }
}
