import { stat } from 'node:fs/promises'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { MatchbookError } from '../../errors/index.js'
import type { XlsxLimits } from './limits.js'
import { refusedWorkbook } from './refused-workbook.js'

/** The parts of a workbook by name, none of them unpacked yet. */
export interface WorkbookParts {
  readonly file: string
  has(name: string): boolean
  /** Bytes of a part as they are unpacked. @throws WORKBOOK-REFUSED when there is no such part */
  read(name: string): AsyncIterable<Buffer>
  close(): void
}

/** The ratio counts from here on: small files of few different bytes shrink to almost nothing, and do no harm. */
const RATIO_FROM = 10 * 1024 * 1024

/**
 * Opens a file as the zip that a workbook is. Its size, and what its directory says will come out of it, are judged before anything
 * is unpacked; more than a part declares never comes out.
 * @throws WORKBOOK-REFUSED
 */
export async function openParts(file: string, limits: XlsxLimits): Promise<WorkbookParts> {
  const { size } = await stat(file)
  if (size > limits.file) throw refusedWorkbook(file, `it has ${size} bytes; ${limits.file} are allowed`)
  let zip: ZipFile | undefined
  try {
    zip = await openPromise(file, { strictFileNames: true, autoClose: false })
    const entries = await judged(zip, file, size, limits)
    const opened = zip
    return {
      file,
      has: (name) => entries.has(name),
      read: (name) => read(opened, entries.get(name), name, file),
      close: () => opened.close(),
    }
  } catch (error) {
    zip?.close()
    if (error instanceof MatchbookError) throw error
    throw refusedWorkbook(file, 'it is not a workbook that Excel saves as .xlsx', error)
  }
}

async function judged(zip: ZipFile, file: string, size: number, limits: XlsxLimits): Promise<Map<string, Entry>> {
  if (zip.entryCount > limits.parts)
    throw refusedWorkbook(file, `it has ${zip.entryCount} parts; ${limits.parts} are allowed`)
  const entries = new Map<string, Entry>()
  let unpacked = 0
  for await (const entry of zip.eachEntry()) {
    if (entry.isEncrypted()) throw refusedWorkbook(file, 'it is encrypted')
    if (entries.has(entry.fileName)) throw refusedWorkbook(file, `it has two parts named ${entry.fileName}`)
    entries.set(entry.fileName, entry)
    unpacked += entry.uncompressedSize
    if (unpacked > limits.unpacked)
      throw refusedWorkbook(file, `it would become more than ${limits.unpacked} bytes when it is unpacked`)
    if (unpacked > RATIO_FROM && unpacked > size * limits.ratio)
      throw refusedWorkbook(
        file,
        `it would become more than ${limits.ratio} times its ${size} bytes when it is unpacked`,
      )
  }
  if (entries.has('content.xml') && entries.has('mimetype'))
    throw refusedWorkbook(file, 'it is an OpenDocument file: open it and save it as .xlsx')
  return entries
}

async function* read(zip: ZipFile, entry: Entry | undefined, name: string, file: string): AsyncGenerator<Buffer> {
  if (entry === undefined) throw refusedWorkbook(file, `it has no part ${name}`)
  try {
    yield* await zip.openReadStreamPromise(entry)
  } catch (error) {
    throw refusedWorkbook(file, `its part ${name} is damaged`, error)
  }
}
