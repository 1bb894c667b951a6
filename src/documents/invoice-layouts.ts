import type {
  AccountCode,
  Accounting,
  Carrier,
  Invoice,
  InvoiceLine,
  LineAmount,
  LineShipment,
  ShipmentSummary,
} from '../canonical/index.js'
import { cents, date, decimalAt, layout, required, requiredDecimal, text } from './segment-layout.js'

/** The segments of the 810 that no other set has. */

export const BIG = layout<Invoice>('BIG', {
  invoiceDate: date(1, 'invoice date'),
  invoiceNumber: required(2, 'invoice number'),
  poDate: date(3, 'purchase order date'),
  poNumber: text(4),
  release: text(5),
  changeNumber: text(6),
  type: text(7),
  purpose: text(8),
  action: text(9),
  relatedInvoice: text(10),
})

export const CAD = layout<Carrier>('CAD', {
  method: text(1),
  equipmentInitial: text(2),
  equipment: text(3),
  carrier: text(4),
  routing: text(5),
  status: text(6),
  referenceQualifier: text(7),
  reference: text(8),
  service: text(9),
})

export const FA1 = layout<Accounting>('FA1', { agency: text(1), service: text(2), indicator: text(3) })
export const FA2 = layout<AccountCode>('FA2', { type: text(1), code: text(2) })

export const ISS = layout<ShipmentSummary>('ISS', {
  shipped: decimalAt(1, 'units shipped'),
  uom: text(2),
  weight: decimalAt(3, 'weight'),
  weightUom: text(4),
  volume: decimalAt(5, 'volume'),
  volumeUom: text(6),
  quantity: decimalAt(7, 'quantity'),
  secondWeight: decimalAt(8, 'weight'),
})

/** Its ids are read apart. A line without a price is whole (the match says what it misses), one without a quantity not. */
export const IT1 = layout<InvoiceLine>('IT1', {
  assignedId: text(1),
  quantity: requiredDecimal(2, 'quantity invoiced'),
  uom: text(3),
  unitPrice: decimalAt(4, 'unit price'),
  priceBasis: text(5),
})

export const IT3 = layout<LineShipment>('IT3', {
  shipped: decimalAt(1, 'units shipped'),
  uom: text(2),
  status: text(3),
  difference: decimalAt(4, 'quantity difference'),
  reason: text(5),
})

/** What comes behind the amount says when it counts, which no invoice line needs. */
export const PAM = layout<LineAmount>('PAM', {
  quantityQualifier: text(1),
  quantity: decimalAt(2, 'quantity'),
  uom: text(3),
  qualifier: text(4),
  amount: decimalAt(5, 'amount of the line'),
})

/** The amounts beside the total go the way of the total. */
export type Totals = Pick<Invoice, 'total' | 'discountable' | 'discountedTotal' | 'discount'>

export const TDS = layout<Totals>('TDS', {
  total: cents(1, 'invoice total'),
  discountable: cents(2, 'amount subject to discount'),
  discountedTotal: cents(3, 'discounted amount due'),
  discount: cents(4, 'terms discount'),
})
