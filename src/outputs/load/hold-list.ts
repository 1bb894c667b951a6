import { writeFile } from 'node:fs/promises'
import { stringify } from 'csv-stringify/sync'
import type { DecimalText } from '../../canonical/index.js'
import { type PlacedFile, placeFile } from '../place-file.js'
import { safeText } from '../safe-text.js'

/** An invoice that is not in the load, and why. */
export interface HeldInvoice {
  /** held: somebody must decide. waiting: nobody need do anything yet (its receipt may still come). */
  readonly outcome: 'held' | 'waiting'
  readonly invoice: string
  /** yyyy-MM-dd. */
  readonly invoiceDate: string | null
  readonly supplier: string
  readonly supplierName: string
  readonly po: string | null
  readonly amount: DecimalText
  readonly currency: string
  /** Exception codes, or words for an invoice that only waits. */
  readonly reasons: readonly string[]
  /** Who can release it. */
  readonly queues: readonly string[]
}

const header = [
  'outcome',
  'invoice',
  'invoice_date',
  'supplier',
  'supplier_name',
  'po',
  'amount',
  'currency',
  'reasons',
  'queues',
]

/** The hold list as CSV for people: with a header and a BOM so that Excel reads UTF-8, text that could be a formula neutralised. */
export function writeHoldList(file: string, rows: readonly HeldInvoice[]): Promise<PlacedFile> {
  const records = rows.map((row) => [
    row.outcome,
    safeText(row.invoice),
    row.invoiceDate ?? '',
    safeText(row.supplier),
    safeText(row.supplierName),
    safeText(row.po ?? ''),
    row.amount,
    row.currency,
    safeText(row.reasons.join(' ')),
    safeText(row.queues.join(' ')),
  ])
  const text = stringify([header, ...records], { bom: true, record_delimiter: 'windows' })
  return placeFile(file, (temporary) => writeFile(temporary, text, { flag: 'wx' }))
}
