import path from 'node:path'
import { writeCsvForPeople } from '../csv-for-people.js'
import { type PlacedFile, placeFile } from '../place-file.js'
import { asWritten, count, text } from '../report/cell.js'
import { style } from '../report/style.js'
import { ROWS_PER_SHEET, type TableColumn } from '../report/table-sheet.js'

/** One value that a load would write, for people who look through it in a spreadsheet. */
export interface PlannedCell {
  readonly load: string
  readonly file: string
  readonly number: number
  readonly about: string
  readonly change: string
  readonly column: string
  /** What the ERP has; null: empty, or no such record. */
  readonly old: string | null
  readonly new: string
  readonly behind: string
}

const header = ['load', 'file', 'number', 'row', 'change', 'column', 'in the ERP', 'would be', 'behind it']

/**
 * As CSV or, where the name says so, as a workbook. Text that could run as a formula is made harmless.
 * @throws DISK-FULL, WORKSPACE-READ-ONLY
 */
export const writePlannedCells = (
  file: string,
  title: string,
  cells: () => Iterable<PlannedCell>,
): Promise<PlacedFile> =>
  path.extname(file).toLowerCase() === '.xlsx'
    ? asWorkbook(file, title, cells)
    : writeCsvForPeople(file, header, valuesIn(cells()))

function* valuesIn(cells: Iterable<PlannedCell>): Generator<(string | null)[]> {
  for (const cell of cells) yield valuesOf(cell)
}

const valuesOf = (cell: PlannedCell): (string | null)[] => [
  cell.load,
  cell.file,
  String(cell.number),
  cell.about,
  cell.change,
  cell.column,
  cell.old,
  cell.new,
  cell.behind,
]

async function asWorkbook(file: string, title: string, cells: () => Iterable<PlannedCell>): Promise<PlacedFile> {
  const { openBook } = await import('../report/exceljs-book.js')
  const { writeTable } = await import('../report/table-sheet.js')
  return placeFile(file, async (temporary) => {
    const book = await openBook(temporary, { title, created: new Date() })
    const about = { title: 'What would be written', subtitle: title, footer: title, rowsPerSheet: ROWS_PER_SHEET }
    await writeTable(book, { ...about, columns, rows: cells(), freezeColumns: 4 }, (part) =>
      part === 0 ? 'Rows' : `Rows ${part + 1}`,
    )
    await book.close()
  })
}

const columns: TableColumn<PlannedCell>[] = [
  { header: 'Load', width: 20, cell: ({ load }) => text(load, style.code) },
  { header: 'File', width: 26, cell: ({ file }) => text(file) },
  { header: 'Number', width: 9, cell: ({ number }) => count(number) },
  { header: 'Row', width: 36, cell: ({ about }) => text(about) },
  { header: 'Change', width: 11, cell: ({ change }) => text(change) },
  { header: 'Column', width: 28, cell: ({ column }) => text(column, style.code) },
  { header: 'In the ERP', width: 26, cell: (cell) => asWritten(cell.old) },
  { header: 'Would be', width: 26, cell: (cell) => asWritten(cell.new) },
  { header: 'Behind it', width: 60, cell: ({ behind }) => text(behind) },
]
