import { type DecimalText, decimal, sumOf } from '../canonical/index.js'
import { daysBefore } from './days.js'
import { erpExtract } from './erp-extracts.js'
import type { Ledger } from './ledger.js'
import type { PoLine, Voucher } from './ledger-entries.js'

/** Number of the requisition that became an order; its lines are numbered as those of the order. */
export const requisitionOf = ({ po, release }: PoLine): string => `R${po}${release === '' ? '' : `-${release}`}`

/** Behind every order line a requisition, unless nobody asked for it; beside them those that have not become orders. */
export function writeRequisitions(ledger: Ledger): void {
  const asked = ledger.poLines.filter((order) => !ledger.unasked.has(order))
  for (const order of asked) {
    const { company, product, facility, date, status } = order
    ledger.books.add(erpExtract(company, 'requisitions'), 'requisition_line', {
      company: company.company,
      requisition: requisitionOf(order),
      line_number: order.line,
      item: product.item[company.company],
      description: product.description,
      quantity: decimal(order.quantity),
      uom: order.uom,
      unit_cost: order.unitPrice,
      facility: facility.location,
      requested_on: daysBefore(date, 3),
      approved_on: daysBefore(date, 1),
      status: status === 'cancelled' ? 'cancelled' : 'closed',
      po_number: order.po,
      release: order.release,
      po_line: order.line,
    })
  }
  for (const { company, requisition, line, product, facility, ...request } of ledger.requisitions)
    ledger.books.add(erpExtract(company, 'requisitions'), 'requisition_line', {
      company: company.company,
      requisition,
      line_number: line,
      item: product.item[company.company],
      description: product.description,
      quantity: decimal(request.quantity),
      uom: request.uom,
      unit_cost: request.unitCost,
      facility: facility.location,
      requested_on: request.requestedOn,
      approved_on: request.approvedOn,
      status: request.status,
    })
}

/** A payment for each vouchered invoice that is paid, of all its lines. */
export function writePayments(ledger: Ledger): void {
  const invoices = new Map<string, Voucher[]>()
  for (const voucher of ledger.vouchers.filter(({ status }) => status === 'paid')) {
    const key = `${voucher.order.company.company} ${voucher.order.supplier.partner} ${voucher.invoice}`
    invoices.set(key, [...(invoices.get(key) ?? []), voucher])
  }
  for (const vouchers of invoices.values()) {
    const [first] = vouchers
    if (first === undefined) continue
    const { company, supplier } = first.order
    const amount: DecimalText = sumOf(vouchers.map((one) => one.amount))
    ledger.books.add(erpExtract(company, 'payments'), 'payment', {
      company: company.company,
      supplier: supplier.vendor[company.company],
      invoice_number: first.invoice,
      payment: ledger.number('payment', 300_000),
      paid_on: first.paidOn ?? daysBefore(first.invoiceDate, -10),
      amount,
    })
  }
}
