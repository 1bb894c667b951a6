import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { cellInstant } from './cell-day.js'
import { openWorkbook } from './open-workbook.js'
import { refusedWorkbook } from './refused-workbook.js'
import type { XlsxCell } from './sheet-rows.js'

export interface SheetChoice {
  /** Name of the sheet; without it the first one that is not hidden. */
  readonly sheet?: string | undefined
  /** So many rows that hold anything stand before the first one, and have widths of their own. */
  readonly titles?: number
}

/**
 * Copies a sheet as CSV (UTF-8, comma, quoted), row for line: an empty row is an empty line. Numbers are in plain notation with the 15
 * digits that Excel keeps, dates yyyy-MM-dd, formulas their last result. Rows are as wide as the first; one that holds more keeps what
 * is too much.
 * @throws WORKBOOK-REFUSED
 */
export async function sheetToCsv(file: string, target: string, { sheet, titles = 0 }: SheetChoice = {}): Promise<void> {
  const book = await openWorkbook(file)
  const copy = createWriteStream(target, { flags: 'wx', mode: 0o600 })
  const written = finished(copy)
  // What fails is thrown where it is waited for.
  written.catch(() => {})
  try {
    const named = book.sheets.find(({ name, hidden }) => (sheet === undefined ? !hidden : name === sheet))
    if (named === undefined)
      throw refusedWorkbook(
        file,
        sheet === undefined
          ? 'it has no sheet that is not hidden'
          : `it has no sheet ${sheet}; there are ${book.sheets.map(({ name }) => name).join(', ')}`,
      )
    let line = 1
    let width = 0
    let above = 0
    for await (const { number, cells } of named.rows()) {
      const last = Math.max(...cells.keys())
      if (above < titles) above += 1
      else width ||= last
      const texts = Array.from({ length: Math.max(width, last) }, (_, n) => cellText(cells.get(n + 1), book.from1904))
      const row = `${'\n'.repeat(number - line)}${texts.map(quoted).join(',')}\n`
      line = number + 1
      if (!copy.write(row)) await once(copy, 'drain')
    }
    copy.end()
    await written
  } finally {
    copy.destroy()
    book.close()
  }
}

/** Line breaks are spaces, so that a line of the copy is a row of the sheet. */
const quoted = (cell: string): string => `"${cell.replaceAll('"', '""').replaceAll(/\r\n|\r|\n/g, ' ')}"`

function cellText(cell: XlsxCell | undefined, from1904: boolean): string {
  if (cell === undefined) return ''
  if (cell.kind === 'boolean') return cell.text === '1' ? 'TRUE' : 'FALSE'
  if (cell.kind !== 'number') return cell.text
  return cell.date ? cellInstant(cell.text, from1904) : plainNumber(cell.text)
}

/** A number is stored in binary, up to 17 digits long; Excel shows and keeps 15 of them. Never with an exponent. */
function plainNumber(stored: string): string {
  const value = Number(stored)
  if (!Number.isFinite(value)) return stored
  const text = String(Number(value.toPrecision(15)))
  const [, sign = '', whole = '', fraction = '', exponent] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(text) ?? []
  if (exponent === undefined) return text
  const digits = whole + fraction
  const point = whole.length + Number(exponent)
  return point > 0 ? `${sign}${digits.padEnd(point, '0')}` : `${sign}0.${'0'.repeat(-point)}${digits}`
}
