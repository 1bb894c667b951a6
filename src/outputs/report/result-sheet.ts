import { decimal } from '../../canonical/index.js'
import type { Book } from './book.js'
import { amount, type Cell, count, day, quantity, text, unitPrice } from './cell.js'
import type { SheetCheck } from './control-sheet.js'
import type { ReportTable } from './report-content.js'
import { style } from './style.js'
import { columnRange, type Table, type TableColumn, writeTable } from './table-sheet.js'

type Row = Readonly<Record<string, string | number | boolean | null>>
type Shared = Pick<Table<never>, 'footer' | 'rowsPerSheet'>

/** A matcher's table as a sheet, a column for each of its columns. Gives back how many rows it must hold. */
export async function writeResult(
  book: Book,
  table: ReportTable,
  shared: Shared,
  nameOf: (part: number) => string,
  currency: string,
): Promise<SheetCheck[]> {
  let rows = 0
  const counted = async function* (): AsyncGenerator<Row> {
    for await (const row of table.rows) {
      rows += 1
      yield row
    }
  }
  const columns = table.columns.map((column, index) => resultColumn(column, index === 0, currency))
  const written = {
    ...shared,
    title: table.sheet,
    subtitle: table.explains,
    columns,
    rows: counted(),
    freezeColumns: 1,
  }
  const parts = await writeTable(book, written, nameOf)
  // The first column is of the key and never empty.
  const formula = parts.map((part) => `COUNTA(${columnRange(part, 1)})`).join('+')
  return [{ name: `Rows on ${table.sheet}`, measure: 'count', written: decimal(rows), formula }]
}

const WIDTHS = {
  text: 18,
  quantity: 12,
  price: 14,
  amount: 15,
  factor: 10,
  hours: 12,
  integer: 9,
  date: 12,
  flag: 8,
} as const
const LEFT = new Set(['text', 'date', 'flag'])

function resultColumn(
  { name, header, kind, width }: ReportTable['columns'][number],
  isFirst: boolean,
  currency: string,
): TableColumn<Row> {
  return {
    header,
    width: width ?? WIDTHS[kind],
    ...(LEFT.has(kind) ? {} : { look: style.headerRight }),
    cell: (row) => cellOf(row[name] ?? null, kind, isFirst, String(row.currency ?? currency)),
  }
}

function cellOf(
  value: string | number | boolean | null,
  kind: ReportTable['columns'][number]['kind'],
  isFirst: boolean,
  currency: string,
): Cell {
  if (value === null || value === '') return text(isFirst ? '(none)' : null)
  switch (kind) {
    case 'amount':
      return amount(decimal(String(value)), currency)
    case 'price':
      return unitPrice(decimal(String(value)), currency)
    case 'quantity':
    case 'factor':
    case 'hours':
      return quantity(decimal(String(value)))
    case 'integer':
      return count(Number(value))
    case 'date':
      return day(String(value))
    case 'flag':
      return text(value === true || value === 'true' ? 'yes' : 'no')
    case 'text':
      return text(String(value), isFirst ? style.code : style.text)
  }
}
