import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { type DecimalText, sumOf, ZERO } from '../../canonical/index.js'
import type { LoadTemplate } from '../../config/load-template.js'
import { MatchbookError } from '../../errors/index.js'
import type { ControlTotals } from './control-totals.js'
import { isOfInvoices } from './load-fields.js'
import { type LoadCells, rowsIn, workbookRows } from './load-form.js'
import { cellAt, cellsOf, type LoadFile, numberIn } from './render-row.js'

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
  const files = await recordsOfFiles(template, loadFile, bytes)
  const read = new Map<string, FileContent>()
  let rows = 0
  for (const file of template.files) {
    const records = files.get(file.name)
    if (records === undefined) throw wrong(loadFile, `${file.name} is missing`)
    for (const [index, cells] of records.entries())
      if (cells.length !== cellsOf(template, file))
        throw wrong(
          loadFile,
          `${file.name} row ${index + 1} has ${cells.length} columns, not ${cellsOf(template, file)}`,
        )
    if (isOfInvoices(file.rows)) read.set(file.rows, contentOf(loadFile, template, file, records))
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

/** Data records of each file that is there. */
async function recordsOfFiles(template: LoadTemplate, loadFile: string, bytes: Buffer): Promise<LoadCells> {
  if (template.form === 'xlsx') return workbookRows(template, loadFile)
  const texts = template.archive.kind === 'zip' ? await unzipped(bytes) : undefined
  const read = new Map<string, string[][]>()
  for (const file of template.files) {
    const text = texts === undefined ? bytes.toString('utf8') : await texts(file.name)
    if (text === undefined) continue
    try {
      read.set(file.name, rowsIn(template, file, text))
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      throw wrong(loadFile, `${file.name}: ${error.message}`)
    }
  }
  return read
}

async function unzipped(bytes: Buffer): Promise<(name: string) => Promise<string | undefined>> {
  const { default: Zip } = await import('jszip')
  const zip = await Zip.loadAsync(bytes)
  return async (name) => zip.file(name)?.async('string')
}

function contentOf(
  loadFile: string,
  template: LoadTemplate,
  file: LoadFile,
  rows: readonly (readonly string[])[],
): FileContent {
  const columnOf = (from: string) => file.map.find((column) => column.from === from)
  const id = columnOf('invoice.id') ?? columnOf('invoice.number')
  const money = columnOf(file.rows === 'invoice' ? 'invoice.amount' : 'line.amount')
  const amounts = rows.map((cells, index) => {
    const amount = money && numberIn(money, cells[cellAt(template, file, money)] ?? '')
    if (amount === undefined) throw wrong(loadFile, `${file.name} row ${index + 1} has no amount`)
    return amount
  })
  const ids = rows.map((cells) => (id === undefined ? '' : (cells[cellAt(template, file, id)] ?? '')))
  return { rows: rows.length, amount: sumOf(amounts), ids }
}

const wrong = (file: string, what: string): MatchbookError =>
  new MatchbookError('TOTALS-DIFFER', `The load as written is not the load as planned: ${what}`, { facts: { file } })
