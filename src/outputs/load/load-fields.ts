import { loadInvoiceId } from './load-invoice-id.js'
import type { LoadInvoice, LoadLine, LoadPlan } from './load-plan.js'

/** What a row of a load is made from; header rows have no line. */
export interface LoadRow {
  readonly plan: LoadPlan
  readonly invoice: LoadInvoice
  readonly line?: LoadLine
}

type Field = (row: LoadRow) => string | undefined

/** The names a template may use after `from:`. Dates are yyyy-MM-dd here; the template's pattern is applied when a row is rendered. */
export const loadFields: Readonly<Record<string, Field>> = {
  'load.id': ({ plan }) => plan.loadId,
  'load.group-id': ({ plan }) => plan.groupId,
  'load.source': ({ plan }) => plan.source,
  'invoice.id': ({ invoice }) => loadInvoiceId(invoice.invoiceId),
  'invoice.number': ({ invoice }) => invoice.number,
  'invoice.supplier': ({ invoice }) => invoice.supplier,
  'invoice.site': ({ invoice }) => invoice.site,
  'invoice.date': ({ invoice }) => invoice.date,
  'invoice.amount': ({ invoice }) => invoice.amount,
  'invoice.currency': ({ invoice }) => invoice.currency,
  'invoice.terms': ({ invoice }) => invoice.terms,
  'invoice.type': ({ invoice }) => invoice.type,
  'invoice.description': ({ invoice }) => invoice.description,
  'invoice.company': ({ invoice }) => invoice.company,
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
