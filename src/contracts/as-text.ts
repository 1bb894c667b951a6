import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ExtractContract, TextContract } from '../config/extract-contract.js'
import { MatchbookError } from '../errors/index.js'
import { plainDialect } from '../formats/delimited/index.js'
import type { Fault } from './file-finding.js'

/** An extract as a file of text. */
export interface TextExtract {
  readonly contract: TextContract
  readonly path: string
  /** Why it is none. */
  readonly fault?: Fault
}

/** An extract of any kind as text. Lets `work` read it, and removes what it had to copy. */
export async function withText<T>(
  contract: ExtractContract,
  file: string,
  tempFolder: string | undefined,
  work: (extract: TextExtract) => Promise<T>,
): Promise<T> {
  if (contract.format.kind !== 'xlsx') return work(await asText(contract, file, file))
  const folder = await mkdtemp(path.join(tempFolder ?? tmpdir(), 'matchbook-sheet-'))
  try {
    return await work(await asText(contract, file, path.join(folder, 'sheet.csv')))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The same; a workbook's sheet is copied to `target` as delimited values, each row on the line of its number. */
export async function asText(contract: ExtractContract, file: string, target: string): Promise<TextExtract> {
  const { format } = contract
  if (format.kind !== 'xlsx') return { contract: { ...contract, format }, path: file }
  const { sheet, kind: _, ...framing } = format
  const text: TextContract = {
    ...contract,
    format: { ...framing, ...plainDialect, kind: 'delimited', header: true },
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
