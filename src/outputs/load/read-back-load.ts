import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { type DecimalText, parseDecimal, ZERO } from '../../canonical/index.js'
import type { LoadTemplate } from '../../config/load-template.js'
import { MatchbookError } from '../../errors/index.js'
import { type ControlTotals, sum } from './control-totals.js'
import { csvCells } from './load-csv.js'
import { isOfInvoices } from './load-fields.js'
import type { LoadFile } from './render-row.js'

export interface ReadBack {
  readonly sha256: string
  readonly size: number
  readonly totals: ControlTotals
  /** INVOICE_ID of the header rows, in order. */
  readonly invoiceIds: readonly string[]
}

interface FileContent {
  readonly rows: number
  readonly amount: DecimalText
  readonly ids: readonly string[]
}

/**
 * What a written load really holds, read from its bytes: rows, amounts, and that headers and lines join both ways.
 *
 * @throws MatchbookError TOTALS-DIFFER when a file is missing, a row is not of the layout's width, or headers and lines do not join
 */
export async function readBackLoad(template: LoadTemplate, loadFile: string): Promise<ReadBack> {
  const bytes = await readFile(loadFile)
  const texts = template.archive.kind === 'zip' ? await unzipped(bytes) : undefined
  const read = new Map<string, FileContent>()
  let rows = 0
  for (const file of template.files) {
    const text = texts === undefined ? bytes.toString('utf8') : await texts(file.name)
    if (text === undefined) throw wrong(loadFile, `${file.name} is missing`)
    const records = recordsOf(loadFile, template, file, text)
    if (isOfInvoices(file.rows)) read.set(file.rows, contentOf(loadFile, file, records))
    else rows += records.length
  }
  const headers = read.get('invoice')
  const lines = read.get('invoice-line')
  const [headerIds, lineIds] = [new Set(headers?.ids), new Set(lines?.ids)]
  const lonely = [...headerIds, ...lineIds].filter((id) => !headerIds.has(id) || !lineIds.has(id))
  if (lonely.length > 0) throw wrong(loadFile, `headers and lines do not join: ${lonely.slice(0, 5).join(', ')}`)
  return {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    size: bytes.length,
    totals: {
      invoices: headers?.rows ?? 0,
      lines: lines?.rows ?? 0,
      amount: headers?.amount ?? ZERO,
      lineAmount: lines?.amount ?? ZERO,
      rows,
    },
    invoiceIds: headers?.ids ?? [],
  }
}

async function unzipped(bytes: Buffer): Promise<(name: string) => Promise<string | undefined>> {
  const { default: Zip } = await import('jszip')
  const zip = await Zip.loadAsync(bytes)
  return async (name) => zip.file(name)?.async('string')
}

/** Data records of a file, each of the layout's width. */
function recordsOf(loadFile: string, { header, delimiter }: LoadTemplate, file: LoadFile, text: string): string[][] {
  const records = text
    .split('\n')
    .slice(header ? 1 : 0, -1)
    .map((line) => csvCells(line, delimiter))
  for (const [index, cells] of records.entries()) {
    if (cells.length !== file.columns)
      throw wrong(loadFile, `${file.name} row ${index + 1} has ${cells.length} columns, not ${file.columns}`)
  }
  return records
}

function contentOf(loadFile: string, file: LoadFile, rows: readonly string[][]): FileContent {
  const idAt = positionOf(file, 'invoice.id')
  const amountAt = positionOf(file, file.rows === 'invoice' ? 'invoice.amount' : 'line.amount')
  const amounts = rows.map((cells, index) => {
    const amount = parseDecimal(cells[amountAt] ?? '')
    if (amount === undefined) throw wrong(loadFile, `${file.name} row ${index + 1} has no amount`)
    return amount
  })
  return { rows: rows.length, amount: sum(amounts), ids: rows.map((cells) => cells[idAt] ?? '') }
}

const positionOf = (file: LoadFile, from: string): number =>
  (file.map.find((column) => column.from === from)?.position ?? 0) - 1

const wrong = (file: string, what: string): MatchbookError =>
  new MatchbookError('TOTALS-DIFFER', `The load as written is not the load as planned: ${what}`, { facts: { file } })
