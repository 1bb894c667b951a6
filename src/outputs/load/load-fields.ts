import { loadInvoiceId } from './load-invoice-id.js'
import type { LoadInvoice, LoadLine, LoadPlan, PlannedRow } from './load-plan.js'

/** One row of a file of a load, before it is rendered. */
export interface LoadRow {
  readonly plan: LoadPlan
  /** For messages: "invoice 4711", "po-change 10 4500123 1". */
  readonly about: string
  readonly company: string
  readonly invoice?: LoadInvoice
  readonly line?: LoadLine
  readonly row?: PlannedRow
  /** Place in its file, 1-based. */
  readonly number: number
}

/** The rows of a file, in the plan's order. */
export function rowsOf(plan: LoadPlan, rows: string): LoadRow[] {
  const found = rowsOfKind(plan, rows)
  return found.map((row, n) => ({ ...row, number: n + 1 }))
}

function rowsOfKind(plan: LoadPlan, rows: string): Omit<LoadRow, 'number'>[] {
  if (rows === 'invoice') return plan.invoices.map((invoice) => invoiceRow(plan, invoice))
  if (rows === 'invoice-line')
    return plan.invoices.flatMap((invoice) => invoice.lines.map((line) => ({ ...invoiceRow(plan, invoice), line })))
  return (plan.tables[rows]?.rows ?? []).map((row) => ({
    plan,
    about: `${rows} ${row.key}`,
    company: row.company,
    row,
  }))
}

const invoiceRow = (plan: LoadPlan, invoice: LoadInvoice): Omit<LoadRow, 'number'> => ({
  plan,
  about: `invoice ${invoice.number}`,
  company: invoice.company,
  invoice,
})

type Field = (row: LoadRow) => string | undefined

/** What any template may use after `from:`. */
const ofTheLoad: Readonly<Record<string, Field>> = {
  'load.id': ({ plan }) => plan.loadId,
  'load.group-id': ({ plan }) => plan.groupId,
  'load.source': ({ plan }) => plan.source,
  'load.row': ({ number }) => String(number),
}

/** What rows of invoices give besides. Dates are yyyy-MM-dd here; the template's pattern is applied when a row is rendered. */
export const loadFields: Readonly<Record<string, Field>> = {
  ...ofTheLoad,
  'invoice.id': ({ invoice }) => invoice && loadInvoiceId(invoice.invoiceId),
  'invoice.number': ({ invoice }) => invoice?.number,
  'invoice.supplier': ({ invoice }) => invoice?.supplier,
  'invoice.site': ({ invoice }) => invoice?.site,
  'invoice.date': ({ invoice }) => invoice?.date,
  'invoice.amount': ({ invoice }) => invoice?.amount,
  'invoice.currency': ({ invoice }) => invoice?.currency,
  'invoice.terms': ({ invoice }) => invoice?.terms,
  'invoice.type': ({ invoice }) => invoice?.type,
  'invoice.description': ({ invoice }) => invoice?.description,
  'invoice.company': ({ invoice }) => invoice?.company,
  'line.number': ({ line }) => (line === undefined ? undefined : String(line.number)),
  'line.type': ({ line }) => line?.type,
  'line.amount': ({ line }) => line?.amount,
  'line.quantity': ({ line }) => line?.quantity,
  'line.unit-price': ({ line }) => line?.unitPrice,
  'line.uom': ({ line }) => line?.uom,
  'line.description': ({ line }) => line?.description,
  'line.po-number': ({ line }) => line?.poNumber,
  'line.po-line': ({ line }) => line?.poLine,
  'line.po-shipment': ({ line }) => line?.poShipment,
  'line.release': ({ line }) => line?.release,
  'line.item': ({ line }) => line?.item,
  'line.receipt-number': ({ line }) => line?.receiptNumber,
  'line.receipt-line': ({ line }) => line?.receiptLine,
}

/** The value of a field; undefined where the plan has none. */
export function fieldOf(row: LoadRow, from: string): string | undefined {
  const field = row.row === undefined ? loadFields[from] : ofTheLoad[from]
  return field === undefined ? row.row?.fields[from] : field(row)
}

/** Whether rows of this kind can have such a field at all. `columns` are those of the matcher's table. */
export const isField = (from: string, rows: string, columns: readonly string[] | undefined): boolean =>
  isOfInvoices(rows) ? from in loadFields : from in ofTheLoad || columns === undefined || columns.includes(from)

export const isOfInvoices = (rows: string): boolean => rows === 'invoice' || rows === 'invoice-line'
