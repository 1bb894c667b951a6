import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { type DecimalText, parseDecimal, ZERO } from '../../canonical/index.js'
import type { LoadTemplate } from '../../config/load-template.js'
import { MatchbookError } from '../../errors/index.js'
import { type ControlTotals, sum } from './control-totals.js'
import { csvCells } from './load-csv.js'
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
export async function readBackLoad(template: LoadTemplate, zipFile: string): Promise<ReadBack> {
  const { default: Zip } = await import('jszip')
  const bytes = await readFile(zipFile)
  const zip = await Zip.loadAsync(bytes)
  const read = new Map<LoadFile['rows'], FileContent>()
  for (const file of template.files) {
    const text = await zip.file(file.name)?.async('string')
    if (text === undefined) throw wrong(zipFile, `${file.name} is missing`)
    read.set(file.rows, contentOf(zipFile, file, text))
  }
  const headers = read.get('invoice')
  const lines = read.get('invoice-line')
  const [headerIds, lineIds] = [new Set(headers?.ids), new Set(lines?.ids)]
  const lonely = [...headerIds, ...lineIds].filter((id) => !headerIds.has(id) || !lineIds.has(id))
  if (lonely.length > 0) throw wrong(zipFile, `headers and lines do not join: ${lonely.slice(0, 5).join(', ')}`)
  return {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    size: bytes.length,
    totals: {
      invoices: headers?.rows ?? 0,
      lines: lines?.rows ?? 0,
      amount: headers?.amount ?? ZERO,
      lineAmount: lines?.amount ?? ZERO,
    },
    invoiceIds: headers?.ids ?? [],
  }
}

function contentOf(zipFile: string, file: LoadFile, text: string): FileContent {
  const idAt = positionOf(file, 'invoice.id')
  const amountAt = positionOf(file, file.rows === 'invoice' ? 'invoice.amount' : 'line.amount')
  const rows = text.split('\n').slice(0, -1).map(csvCells)
  const amounts = rows.map((cells, index) => {
    if (cells.length !== file.columns) {
      throw wrong(zipFile, `${file.name} row ${index + 1} has ${cells.length} columns, not ${file.columns}`)
    }
    const amount = parseDecimal(cells[amountAt] ?? '')
    if (amount === undefined) throw wrong(zipFile, `${file.name} row ${index + 1} has no amount`)
    return amount
  })
  return { rows: rows.length, amount: sum(amounts), ids: rows.map((cells) => cells[idAt] ?? '') }
}

const positionOf = (file: LoadFile, from: string): number =>
  (file.map.find((column) => column.from === from)?.position ?? 0) - 1

const wrong = (file: string, what: string): MatchbookError =>
  new MatchbookError('TOTALS-DIFFER', `The load as written is not the load as planned: ${what}`, { facts: { file } })
