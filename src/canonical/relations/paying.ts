import { may, must, oneOf, type RelationColumns } from './column.js'

/** What the ERP says of bills and payments. */
export const paying = {
  voucher_line: {
    company: must('text', 'company that paid'),
    supplier: must('text', 'ERP vendor number'),
    invoice_number: must('text', "supplier's invoice number as keyed"),
    invoice_date: may('date', 'invoice date'),
    voucher_number: may('text', 'ERP voucher'),
    po_number: may('text', 'purchase order number'),
    release: may('text', 'blanket release'),
    line_number: may('text', 'PO line number'),
    quantity: may('quantity', 'billed in uom; a credit is negative'),
    uom: may('text', 'billed unit'),
    unit_price: may('price', 'price billed per uom'),
    amount: must('amount', 'line amount; a credit is negative'),
    status: oneOf(must('text', 'open, paid or cancelled'), 'open', 'paid', 'cancelled'),
    voucher_line: may('text', 'line of the ERP voucher; with its number it identifies the line'),
  },
  payment: {
    company: must('text', 'company that paid'),
    supplier: must('text', 'ERP vendor number'),
    invoice_number: must('text', "supplier's invoice number as keyed"),
    payment: must('text', 'number of the cheque or transfer'),
    paid_on: must('date', 'day of the payment'),
    amount: must('amount', 'paid for this invoice; a reversal is negative'),
  },
} as const satisfies RelationColumns
