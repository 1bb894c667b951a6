import type { Book, SheetFinish } from './book.js'
import { blank, type Cell, text } from './cell.js'
import type { Rows } from './report-content.js'
import { columnLetter, quotedSheet } from './sheet-name.js'
import { type CellStyle, style } from './style.js'

/** Title, subtitle, a row above the header, header. */
export const HEADER_ROW = 4
export const FIRST_ROW = HEADER_ROW + 1
/** What a sheet holds below its header. */
export const ROWS_PER_SHEET = 1_048_576 - HEADER_ROW

export interface TableColumn<Row> {
  readonly header: string
  readonly width: number
  readonly look?: CellStyle
  readonly hidden?: boolean
  cell(row: Row): Cell
}

/** Rows of one sheet: where they are, for formulas elsewhere. */
export interface TablePart {
  readonly sheet: string
  readonly first: number
  /** Under `first` when there are no rows. */
  readonly last: number
}

export interface Table<Row> {
  readonly title: string
  readonly subtitle: string
  readonly columns: readonly TableColumn<Row>[]
  readonly rows: Rows<Row>
  readonly tabColour?: string
  readonly freezeColumns: number
  /** Columns that are printed; the rest is for the screen. */
  readonly printColumns?: number
  readonly footer: string
  readonly rowsPerSheet: number
  /** Cells above the header, for example the total of the rows shown. */
  above?(part: number): readonly Cell[]
  finish?(part: TablePart): SheetFinish
}

/** Writes a table, over several sheets where one cannot hold it. `nameOf` gives the tab of part 0, 1, 2 ... */
export async function writeTable<Row>(
  book: Book,
  table: Table<Row>,
  nameOf: (part: number) => string,
): Promise<TablePart[]> {
  const parts: TablePart[] = []
  let writer = await openPart(book, table, nameOf(0), 0)
  let rows = 0
  const finish = (): void => {
    const part = { sheet: writer.name, first: FIRST_ROW, last: FIRST_ROW + rows - 1 }
    const lastRow = Math.max(part.last, HEADER_ROW)
    writer.sheet.close({
      filter: `A${HEADER_ROW}:${columnLetter(table.columns.length)}${lastRow}`,
      printArea: `A$1:${columnLetter(table.printColumns ?? table.columns.length)}$${lastRow}`,
      ...table.finish?.(part),
    })
    parts.push(part)
  }
  for await (const row of table.rows) {
    if (rows === table.rowsPerSheet) {
      finish()
      writer = await openPart(book, table, nameOf(parts.length), parts.length)
      rows = 0
    }
    await writer.sheet.row(table.columns.map((column) => column.cell(row)))
    rows += 1
  }
  finish()
  return parts
}

async function openPart<Row>(book: Book, table: Table<Row>, name: string, part: number) {
  const { columns } = table
  const sheet = book.sheet(name, {
    columns: columns.map(({ width, hidden }) => ({ width, hidden: hidden ?? false })),
    freeze: { rows: HEADER_ROW, columns: table.freezeColumns },
    printHeader: HEADER_ROW,
    footer: table.footer,
    ...(table.tabColour && { tabColour: table.tabColour }),
  })
  const band = (label: string, look: CellStyle): Cell[] =>
    columns.map((_, index) => (index === 0 ? text(label, look) : blank(look)))
  await sheet.row(band(part === 0 ? table.title : `${table.title} (part ${part + 1})`, style.title), { height: 28 })
  await sheet.row(band(table.subtitle, style.subtitle), { height: 18 })
  await sheet.row(table.above?.(part) ?? [], { height: 18 })
  await sheet.row(
    columns.map(({ header, look }) => text(header, look ?? style.header)),
    { height: 30 },
  )
  return { name, sheet }
}

/** Absolute range of one column over the rows of a part, as formulas on other sheets write it. */
export function columnRange({ sheet, first, last }: TablePart, column: number): string {
  const letter = columnLetter(column)
  return `${quotedSheet(sheet)}!$${letter}$${first}:$${letter}$${Math.max(first, last)}`
}
