import { writeFile } from 'node:fs/promises'
import { stringify } from 'csv-stringify/sync'
import type { DecimalText, Finding } from '../../canonical/index.js'
import { type PlacedFile, placeFile } from '../place-file.js'
import { safeText } from '../safe-text.js'

interface ExceptionLine {
  readonly change: string
  readonly job: string
  readonly code: string
  readonly keys: Finding['keys']
  readonly message: string
  readonly amount: DecimalText
  readonly currency: string
  readonly night: string
}

interface InvoiceLine {
  readonly change: string
  readonly job: string
  readonly invoice: string
  readonly supplier: string
  readonly amount: DecimalText
  readonly night: string
  readonly went: string | null
  readonly codes: readonly string[]
  readonly overpaid: DecimalText
}

const header = [
  'what',
  'change',
  'job',
  'night',
  'went',
  'code',
  'supplier',
  'invoice',
  'po',
  'line',
  'item',
  'amount',
  'too_much',
  'currency',
  'message',
]

/**
 * What would be otherwise as CSV for people, a line an exception and an invoice: with a BOM for Excel, text that could be a formula
 * neutralised.
 */
export function writeWhatIfCsv(
  file: string,
  exceptions: readonly ExceptionLine[],
  invoices: readonly InvoiceLine[],
  currency: string,
): Promise<PlacedFile> {
  const records = [
    ...invoices.map((one) => [
      ...['invoice', one.change, one.job, one.night, one.went ?? '', one.codes.join(' ')],
      ...[safeText(one.supplier), safeText(one.invoice), '', '', '', one.amount, one.overpaid, currency, ''],
    ]),
    ...exceptions.map(({ keys, ...one }) => [
      ...['exception', one.change, one.job, one.night, '', one.code],
      ...[keys.supplier, keys.invoice, keys.po, keys.line, keys.item].map((key) => safeText(key ?? '')),
      ...[one.amount, '', one.currency, safeText(one.message)],
    ]),
  ]
  const text = stringify([header, ...records], { bom: true, record_delimiter: 'windows' })
  return placeFile(file, (temporary) => writeFile(temporary, text, { flag: 'wx' }))
}
