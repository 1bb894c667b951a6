import { decimal } from '../../canonical/index.js'
import { type PlacedFile, placeFile } from '../place-file.js'
import { asWritten, count, quantity, text } from '../report/cell.js'
import { openBook } from '../report/exceljs-book.js'
import { colour, ruleFill, style } from '../report/style.js'
import { ROWS_PER_SHEET, type TableColumn, writeTable } from '../report/table-sheet.js'
import type { DifferenceFile, DifferenceRow } from './difference-row.js'

/** A line of the first sheet: what was counted, on each side. */
export interface DifferenceFigure {
  readonly what: string
  readonly left: number | null
  readonly right: number | null
  readonly meaning: string
}

/**
 * Every difference as a workbook: the figures, which tie, and one row for each field that differs.
 * @throws DISK-FULL, WORKSPACE-READ-ONLY
 */
export function writeDifferencesWorkbook(
  file: string,
  content: DifferenceFile & { readonly figures: readonly DifferenceFigure[] },
): Promise<PlacedFile> {
  const { left, right, keys, rows, figures } = content
  const title = `${left} and ${right}`
  return placeFile(file, async (temporary) => {
    const book = await openBook(temporary, { title, created: new Date() })
    const about = { subtitle: title, footer: title, rowsPerSheet: ROWS_PER_SHEET }
    const partNames = (name: string) => (part: number) => (part === 0 ? name : `${name} ${part + 1}`)
    const summary = {
      ...about,
      title: 'Summary',
      columns: figureColumns(left, right),
      rows: figures,
      freezeColumns: 1,
    }
    await writeTable(book, summary, partNames('Summary'))
    const table = {
      ...about,
      title: 'Differences',
      columns: differenceColumns(left, right, keys),
      rows,
      freezeColumns: 1 + keys.length,
      finish: ({ first, last }: { first: number; last: number }) => ({
        rules:
          last < first
            ? []
            : [
                rule(first, last, 'only-left', colour.amberSoft),
                rule(first, last, 'only-right', colour.blueSoft),
                rule(first, last, 'doubled', colour.redSoft),
              ],
      }),
    }
    await writeTable(book, table, partNames('Differences'))
    await book.close()
  })
}

const rule = (first: number, last: number, difference: string, argb: string) => ({
  range: `A${first}:A${last}`,
  formula: `$A${first}="${difference}"`,
  style: { fill: ruleFill(argb) },
})

const figureColumns = (left: string, right: string): TableColumn<DifferenceFigure>[] => [
  { header: 'Rows', width: 24, cell: ({ what }) => text(what, style.code) },
  {
    header: left,
    width: 22,
    look: style.headerRight,
    cell: (figure) => (figure.left === null ? text(null) : count(figure.left)),
  },
  {
    header: right,
    width: 22,
    look: style.headerRight,
    cell: (figure) => (figure.right === null ? text(null) : count(figure.right)),
  },
  { header: 'Meaning', width: 70, cell: ({ meaning }) => text(meaning, style.quiet) },
]

const differenceColumns = (left: string, right: string, keys: readonly string[]): TableColumn<DifferenceRow>[] => [
  { header: 'Difference', width: 13, cell: ({ difference }) => text(difference, style.code) },
  ...keys.map((key, n) => ({ header: key, width: 18, cell: (row: DifferenceRow) => text(row.keys[n]) })),
  { header: 'Field', width: 20, cell: ({ field }) => text(field) },
  { header: left, width: 28, cell: (row) => asWritten(row.left) },
  { header: right, width: 28, cell: (row) => asWritten(row.right) },
  {
    header: 'Distance',
    width: 14,
    look: style.headerRight,
    cell: ({ distance }) => quantity(distance === null ? null : decimal(distance)),
  },
  { header: 'Tolerance', width: 14, cell: ({ tolerance }) => text(tolerance, style.quiet) },
  { header: 'Verdict', width: 11, cell: ({ verdict }) => text(verdict) },
  { header: `Line in ${left}`, width: 18, cell: ({ leftLines }) => text(leftLines, style.quiet) },
  { header: `Line in ${right}`, width: 18, cell: ({ rightLines }) => text(rightLines, style.quiet) },
]
