import { decimal } from '../../canonical/index.js'
import type { LoadColumn, LoadTemplate } from '../../config/load-template.js'
import { workbookZip } from '../zip-of.js'
import { csvCells, csvLine } from './load-csv.js'
import { cellAt, headerOf, type LoadFile, numberIn } from './render-row.js'

/** The files of a load: cells of every row, by the name of the file. */
export type LoadCells = ReadonlyMap<string, readonly (readonly string[])[]>

/** The text of one file. Values hold no line breaks (lintLoad sees to it), so a line is a row. */
export function textOf(template: LoadTemplate, file: LoadFile, rows: readonly (readonly string[])[]): string {
  const end = template['line-end'] === 'crlf' ? '\r\n' : '\n'
  const all = template.header ? [headerOf(template, file), ...rows] : rows
  return all
    .map((cells) =>
      template.form === 'fixed' ? fixedLine(file, cells) : csvLine(cells, template.delimiter).slice(0, -1),
    )
    .map((line) => line + end)
    .join('')
}

/** The rows of one file, read from its text. @throws RangeError where a line is none of this form */
export function rowsIn(template: LoadTemplate, file: LoadFile, text: string): string[][] {
  const end = template['line-end'] === 'crlf' ? '\r\n' : '\n'
  return text
    .split(end)
    .slice(template.header ? 1 : 0, -1)
    .map((line) => (template.form === 'fixed' ? fixedCells(file, line) : csvCells(line, template.delimiter)))
}

/** lintCells sees to it that every value fits into its place. */
function fixedLine(file: LoadFile, cells: readonly string[]): string {
  const line = new Array<string>(file.columns).fill(' ')
  for (const [n, column] of file.map.entries()) {
    const text = placed(column, [...(cells[n] ?? '')])
    for (const [at, char] of text.entries()) line[column.position - 1 + at] = char
  }
  return line.join('')
}

/** Numbers stand on the right of their place, all else on the left. */
function placed({ kind, width = 0 }: LoadColumn, chars: readonly string[]): string[] {
  const gap = new Array<string>(Math.max(0, width - chars.length)).fill(' ')
  return (isNumber(kind) ? [...gap, ...chars] : [...chars, ...gap]).slice(0, width)
}

const isNumber = (kind: LoadColumn['kind']): boolean =>
  kind === 'amount' || kind === 'quantity' || kind === 'price' || kind === 'integer'

function fixedCells(file: LoadFile, line: string): string[] {
  const chars = [...line]
  if (chars.length !== file.columns) throw new RangeError(`${chars.length} characters, not ${file.columns}`)
  return file.map.map(({ position, width = 0 }) =>
    chars
      .slice(position - 1, position - 1 + width)
      .join('')
      .trim(),
  )
}

/** A workbook with a sheet for each file; numbers are numbers, all else text. */
export async function workbookOf(template: LoadTemplate, files: LoadCells): Promise<Buffer> {
  const { default: excel } = await import('exceljs')
  const book = new excel.Workbook()
  // The same load gives the same workbook.
  book.created = new Date(0)
  book.modified = new Date(0)
  for (const file of template.files) {
    const sheet = book.addWorksheet(file.name)
    if (template.header) sheet.addRow(headerOf(template, file).map((name) => name || null))
    const columns = new Map(file.map.map((column) => [cellAt(template, file, column), column]))
    for (const cells of files.get(file.name) ?? [])
      sheet.addRow(cells.map((cell, at) => cellValue(columns.get(at), cell)))
  }
  return workbookZip(new Uint8Array(await book.xlsx.writeBuffer()))
}

/** Excel keeps 15 digits: a longer number stays text. */
function cellValue(column: LoadColumn | undefined, cell: string): string | number | null {
  if (cell === '') return null
  const value = column !== undefined && isNumber(column.kind) ? numberIn(column, cell) : undefined
  if (value === undefined || column?.['pad-left'] !== undefined || value.replace(/\D/g, '').length > 15) return cell
  return Number(value)
}

/** Cells of every row of a workbook as it was written. @throws WORKBOOK-REFUSED */
export async function workbookRows(template: LoadTemplate, path: string): Promise<LoadCells> {
  const { openWorkbook } = await import('../../formats/xlsx/index.js')
  const book = await openWorkbook(path)
  try {
    const found = new Map<string, string[][]>()
    for (const file of template.files) {
      const sheet = book.sheets.find(({ name }) => name === file.name)
      if (sheet === undefined) continue
      const rows: string[][] = []
      for await (const { number, cells } of sheet.rows()) {
        if (template.header && number === 1) continue
        const row = new Array<string>(file.columns).fill('')
        for (const [at, { kind, text }] of cells) row[at - 1] = kind === 'number' ? plain(text) : text
        rows.push(row)
      }
      found.set(file.name, rows)
    }
    return found
  } finally {
    book.close()
  }
}

const plain = (stored: string): string => decimal(String(Number(Number(stored).toPrecision(15))))
