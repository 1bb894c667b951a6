import type { HeldInvoice } from '../load/hold-list.js'
import type { SheetFinish } from './book.js'
import { amount, count, day, quantity, text, unitPrice } from './cell.js'
import type { InputFile, MatchedRow } from './report-content.js'
import { colour, ruleFill, style } from './style.js'
import type { TableColumn, TablePart } from './table-sheet.js'

/** 1-based columns that control totals refer to. */
export const matchedColumn = { filled: 1, amount: 11, currency: 12, printed: 16 } as const
export const heldColumn = { filled: 1, amount: 7, currency: 8 } as const

const right = style.headerRight

export const matchedColumns: readonly TableColumn<MatchedRow>[] = [
  { header: 'Invoice', width: 17, cell: ({ invoice }) => text(invoice, style.code) },
  { header: 'Supplier', width: 12, cell: ({ supplier }) => text(supplier) },
  { header: 'Supplier name', width: 28, cell: ({ supplierName }) => text(supplierName) },
  { header: 'PO', width: 14, cell: ({ po }) => text(po) },
  { header: 'PO line', width: 8, cell: ({ line }) => text(line) },
  { header: 'Item', width: 14, cell: ({ item }) => text(item) },
  { header: 'Description', width: 36, cell: ({ description }) => text(description) },
  { header: 'Quantity', width: 11, look: right, cell: (row) => quantity(row.quantity) },
  { header: 'Unit', width: 7, cell: ({ uom }) => text(uom) },
  { header: 'Unit price', width: 14, look: right, cell: (row) => unitPrice(row.unitPrice, row.currency) },
  { header: 'Amount', width: 15, look: right, cell: (row) => amount(row.amount, row.currency) },
  { header: 'Currency', width: 10, cell: ({ currency }) => text(currency) },
  { header: 'Ordered (base)', width: 14, look: right, cell: ({ ordered }) => quantity(ordered) },
  { header: 'Received (base)', width: 14, look: right, cell: ({ received }) => quantity(received) },
  { header: 'Billed (base)', width: 14, look: right, cell: ({ billed }) => quantity(billed) },
  { header: 'Matched by', width: 30, cell: ({ how }) => text(how, style.wrapped) },
  { header: 'Rung', width: 7, look: right, cell: ({ rung }) => count(rung) },
  { header: 'Unit path', width: 44, cell: ({ unitPath }) => text(unitPath, style.quiet) },
  { header: 'Facility', width: 14, cell: ({ facility }) => text(facility) },
]

export const heldColumns: readonly TableColumn<HeldInvoice>[] = [
  { header: 'Outcome', width: 11, cell: ({ outcome }) => text(outcome, style.code) },
  { header: 'Invoice', width: 17, cell: ({ invoice }) => text(invoice) },
  { header: 'Invoice date', width: 13, cell: ({ invoiceDate }) => day(invoiceDate) },
  { header: 'Supplier', width: 12, cell: ({ supplier }) => text(supplier) },
  { header: 'Supplier name', width: 32, cell: ({ supplierName }) => text(supplierName) },
  { header: 'PO', width: 16, cell: ({ po }) => text(po) },
  { header: 'Amount', width: 16, look: right, cell: (row) => amount(row.amount, row.currency) },
  { header: 'Currency', width: 10, cell: ({ currency }) => text(currency) },
  { header: 'Why', width: 52, cell: ({ reasons }) => text(reasons.join(', '), style.wrapped) },
  { header: 'Who can release it', width: 34, cell: ({ queues }) => text(queues.join(', '), style.wrapped) },
]

export const heldRules = ({ first, last }: TablePart): SheetFinish => ({
  rules:
    last < first
      ? []
      : [
          {
            range: `A${first}:A${last}`,
            formula: `$A${first}="held"`,
            style: { font: { color: { argb: colour.amber }, bold: true }, fill: ruleFill(colour.amberSoft) },
          },
          {
            range: `A${first}:A${last}`,
            formula: `$A${first}="waiting"`,
            style: { font: { color: { argb: colour.blue }, bold: true }, fill: ruleFill(colour.blueSoft) },
          },
        ],
})

export const fileColumns: readonly TableColumn<InputFile>[] = [
  { header: 'File', width: 40, cell: ({ name }) => text(name, style.code) },
  { header: 'Input', width: 34, cell: ({ kind }) => text(kind) },
  { header: 'From', width: 18, cell: ({ partner }) => text(partner) },
  { header: 'Records', width: 11, look: right, cell: ({ records }) => count(records) },
  { header: 'Accepted', width: 11, look: right, cell: ({ accepted }) => count(accepted) },
  { header: 'Rejected', width: 11, look: right, cell: ({ rejected }) => count(rejected) },
  { header: 'Status', width: 13, cell: ({ status }) => text(status) },
  { header: 'Why', width: 60, cell: ({ reason }) => text(reason, style.wrapped) },
  { header: 'SHA-256 of the bytes', width: 68, cell: ({ sha256 }) => text(sha256, style.quiet) },
]

export const fileRules = ({ first, last }: TablePart): SheetFinish => ({
  rules:
    last < first
      ? []
      : [
          {
            range: `F${first}:F${last}`,
            formula: `$F${first}>0`,
            style: { font: { color: { argb: colour.red }, bold: true } },
          },
        ],
})
