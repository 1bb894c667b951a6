import { amount, count, text } from './cell.js'
import type { SupplierScore } from './report-content.js'
import { style } from './style.js'
import type { Table, TableColumn } from './table-sheet.js'

export const SUPPLIERS_SHEET = 'Supplier scorecard'

const figure = (header: string, value: (row: SupplierScore) => number): TableColumn<SupplierScore> => ({
  header,
  width: Math.max(12, header.length + 2),
  look: style.headerRight,
  cell: (row) => count(value(row)),
})

const columns: readonly TableColumn<SupplierScore>[] = [
  { header: 'Supplier', width: 34, cell: ({ name }) => text(name) },
  figure('Invoices judged', ({ judged }) => judged),
  figure('Right at once', ({ firstPass }) => firstPass),
  figure('Open exceptions', ({ open }) => open),
  { header: 'At risk', width: 16, look: style.headerRight, cell: (row) => amount(row.amountAtRisk, row.currency) },
  figure('Price errors', ({ priceErrors }) => priceErrors),
  figure('Duplicates', ({ duplicates }) => duplicates),
  figure('Answers due', ({ answersDue }) => answersDue),
  figure('In time', ({ answersInTime }) => answersInTime),
  figure('Late or missing', ({ answersLate }) => answersLate),
]

/** One row a supplier, for the talk with its representative. */
export const suppliersTable = (
  rows: readonly SupplierScore[],
  shared: { readonly footer: string; readonly rowsPerSheet: number },
): Table<SupplierScore> => ({
  ...shared,
  title: SUPPLIERS_SHEET,
  subtitle:
    'The last 90 days. Right at once: clean, and no exception was ever raised. Answers: 997 or 999 to what we sent.',
  columns,
  rows,
  freezeColumns: 1,
})
