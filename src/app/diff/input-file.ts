import { createReadStream, createWriteStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { ExtractContract, TextContract } from '../../config/index.js'
import { asText, describeNested, type NestedFile, nestedKind } from '../../contracts/index.js'
import { MatchbookError } from '../../errors/index.js'
import { type Arranged, copyAsLines, type FileEncoding, foreignEncoding } from '../../formats/delimited/index.js'
import { NoRecords } from '../../formats/nested/index.js'

/** A file to compare, as a delimited file on disk. */
export interface InputFile {
  /** As people named it. */
  readonly name: string
  readonly path: string
  /** `path` is a copy of a workbook's first sheet, row for line. */
  readonly workbook?: true
  /** `path` is a copy of the records of nested objects, which are written so. */
  readonly nested?: NestedFile
  /** `path` is a copy in UTF-8 of `original`, which is written so. */
  readonly copied?: { readonly original: string; readonly encoding: FileEncoding }
  /** What says how `path` is written. */
  readonly contract?: TextContract
  /** `path` is a copy whose records were put in order first. */
  readonly arranged?: Arranged
}

/**
 * What a file is its first bytes say, not its name: gzip is unpacked, and a workbook's first sheet, records of nested objects and text in
 * UTF-16 or EBCDIC copied into `folder`; everything else is delimited, or as `contract` says. Of a workbook that nobody has described
 * `titlesAbove` finds, in a first copy, how many rows of titles stand above the names; the rows from there on are as wide as the names.
 * @throws USAGE
 */
export async function inputFile(
  name: string,
  folder: string,
  contract?: ExtractContract,
  titlesAbove?: (copy: string) => Promise<number>,
): Promise<InputFile> {
  return underContract(await unpackedFile(name, folder), name, folder, contract, titlesAbove)
}

/** The file, or where it is gzip a copy of what is in it. @throws USAGE */
export async function unpackedFile(name: string, folder: string): Promise<string> {
  const start = await firstBytes(name)
  if (!start.subarray(0, 2).equals(Buffer.from([0x1f, 0x8b]))) return name
  const unpacked = path.join(folder, 'unpacked')
  try {
    await pipeline(createReadStream(name), createGunzip(), createWriteStream(unpacked, { mode: 0o600 }))
  } catch (cause) {
    throw unfit(name, 'is not a whole gzip file', 'Ask for the file again', cause)
  }
  return unpacked
}

/** @throws USAGE when the file is not as its contract says */
export async function underContract(
  file: string,
  name: string,
  folder: string,
  contract: ExtractContract | undefined,
  titlesAbove?: (copy: string) => Promise<number>,
): Promise<InputFile> {
  if (contract === undefined)
    return (await nestedInput(file, name, folder)) ?? (await textFile(file, name, folder, titlesAbove))
  const extract = await asText(contract, file, path.join(folder, 'extract.csv'))
  if (extract.fault !== undefined)
    throw unfit(
      name,
      `is not as contract ${contract.contract} says: ${extract.fault.message}`,
      'Name the contract that fits',
    )
  const { arranged } = extract
  const text = await textFile(extract.path, name, folder)
  return { ...text, contract: extract.contract, ...(arranged && { arranged }) }
}

async function textFile(
  file: string,
  name: string,
  folder: string,
  titlesAbove?: (copy: string) => Promise<number>,
): Promise<InputFile> {
  const start = await firstBytes(file)
  if (start.subarray(0, 4).equals(Buffer.from('PK\x03\x04'))) {
    const { sheetToCsv } = await import('../../formats/xlsx/index.js')
    const copy = path.join(folder, 'sheet.csv')
    try {
      await sheetToCsv(file, copy)
      const titles = (await titlesAbove?.(copy)) ?? 0
      if (titles === 0) return { name, path: copy, workbook: true }
      const below = path.join(folder, 'below-titles.csv')
      await sheetToCsv(file, below, { titles })
      return { name, path: below, workbook: true }
    } catch (cause) {
      throw unfit(name, 'is a zip file but no workbook that can be read', 'Save it as .xlsx or .csv', cause)
    }
  }
  if (start.length === 0) throw unfit(name, 'is empty', 'A file to compare needs at least a header')
  if (/^\ufeff?ISA[^A-Za-z0-9]/.test(start.toString('utf8')))
    throw unfit(name, 'is an X12 file', 'See: matchbook edi view, matchbook edi diff')
  const encoding = foreignEncoding(start)
  if (encoding !== undefined) return copied(file, name, folder, encoding)
  if (start.includes(0)) throw unfit(name, 'is not a text file', 'Save it as text, or give the .xlsx itself')
  return { name, path: file }
}

/** The records of a file of nested objects that nobody has described; undefined where it is none. */
async function nestedInput(file: string, name: string, folder: string): Promise<InputFile | undefined> {
  const kind = nestedKind(await firstBytes(file))
  if (kind === undefined) return undefined
  const copy = path.join(folder, 'records.csv')
  try {
    const { nested, arranged } = await describeNested(kind, file, copy)
    return { name, path: copy, nested, arranged }
  } catch (error) {
    if (!(error instanceof NoRecords)) throw error
    throw unfit(name, `looks like ${kind.toUpperCase()}, but ${error.message}`, 'Ask for the file again', error)
  }
}

/** A copy in UTF-8 of what is written otherwise than in bytes that are ASCII or go on from there. */
async function copied(file: string, name: string, folder: string, encoding: FileEncoding): Promise<InputFile> {
  const copy = path.join(folder, 'as-utf-8')
  const unreadable = await copyAsLines(file, copy, { encoding })
  if (unreadable !== undefined) throw unfit(name, `looks like ${encoding}: ${unreadable.why}`, 'Ask for the file again')
  return { name, path: copy, copied: { original: file, encoding } }
}

async function firstBytes(file: string): Promise<Buffer> {
  const found = await stat(file).catch(() => undefined)
  if (found === undefined) throw unfit(file, 'is not there', 'See the name of the file')
  if (!found.isFile()) throw unfit(file, 'is not a file', 'Name one file for each side')
  const handle = await open(file, 'r').catch((cause: Error) => {
    throw unfit(file, `cannot be read: ${cause.message}`, 'Ask for permission to read it', cause)
  })
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

const unfit = (file: string, what: string, hint: string, cause?: unknown): MatchbookError =>
  new MatchbookError('USAGE', `${file} ${what}`, { hint, facts: { file }, ...(cause === undefined ? {} : { cause }) })
