import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import type { CellValue } from 'exceljs'

/** The values of a workbook's first sheet as a file that the delimited reader takes. */
export interface SheetCopy {
  /** Row of the sheet that each line of the copy was, empty rows left out. */
  readonly rows: readonly number[]
}

/**
 * Copies the first sheet as CSV (UTF-8, comma, quoted): numbers in plain notation with every digit the cell keeps, dates as yyyy-MM-dd,
 * formulas as their last result. Rows are as wide as the first; a row that holds more keeps what is too much.
 *
 * @throws Error of exceljs where the file is no workbook
 */
export async function sheetToCsv(file: string, target: string): Promise<SheetCopy> {
  const { default: excel } = await import('exceljs')
  const book = new excel.stream.xlsx.WorkbookReader(file, {
    worksheets: 'emit',
    sharedStrings: 'cache',
    styles: 'cache',
    hyperlinks: 'ignore',
  })
  const copy = createWriteStream(target, { flags: 'wx', mode: 0o600 })
  const written = finished(copy)
  const rows: number[] = []
  let width = 0
  for await (const sheet of book) {
    for await (const row of sheet) {
      // The values of exceljs begin at 1.
      const cells = Array.from(row.values as readonly CellValue[])
        .slice(1)
        .map(cellText)
      while (cells.length > Math.max(width, 1) && cells.at(-1) === '') cells.pop()
      if (cells.every((cell) => cell === '')) continue
      width ||= cells.length
      while (cells.length < width) cells.push('')
      rows.push(row.number)
      if (!copy.write(`${cells.map(quoted).join(',')}\n`)) await once(copy, 'drain')
    }
    break
  }
  copy.end()
  await written
  return { rows }
}

/** Line breaks are spaces, so that a line of the copy is a row of the sheet. */
const quoted = (cell: string): string => `"${cell.replaceAll('"', '""').replaceAll(/\r\n|\r|\n/g, ' ')}"`

function cellText(value: CellValue | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return plainNumber(value)
  if (value instanceof Date) return dateText(value)
  if (typeof value !== 'object') return String(value)
  if ('richText' in value) return value.richText.map(({ text }) => text).join('')
  if ('result' in value) return cellText(value.result)
  if ('error' in value) return value.error
  return 'text' in value ? String(value.text) : ''
}

/** The shortest notation that is this very number, as Excel shows it, never with an exponent. */
function plainNumber(value: number): string {
  const text = String(value)
  const [, sign = '', whole = '', fraction = '', exponent] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(text) ?? []
  if (exponent === undefined) return text
  const digits = whole + fraction
  const point = whole.length + Number(exponent)
  return point > 0 ? `${sign}${digits.padEnd(point, '0')}` : `${sign}0.${'0'.repeat(-point)}${digits}`
}

/** Cells hold no zone: what exceljs gives as UTC is the wall clock. */
const dateText = (date: Date): string =>
  date
    .toISOString()
    .replace('T00:00:00.000Z', '')
    .replace('T', ' ')
    .replace(/(\.000)?Z$/, '')
