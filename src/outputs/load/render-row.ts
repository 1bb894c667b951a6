import { DateTime } from 'luxon'
import { type DecimalText, fixed, parseDecimal } from '../../canonical/index.js'
import type { LoadColumn, LoadTemplate } from '../../config/load-template.js'
import { fieldOf, type LoadRow, rowsOf } from './load-fields.js'
import { isPrintable } from './printable.js'

export type LoadFile = LoadTemplate['files'][number]

/** The value of one column before the template's date pattern; undefined: the plan has none. */
export function columnValue(column: LoadColumn, row: LoadRow): string | undefined {
  if (column.constant !== undefined) return column.constant
  if (column.value !== undefined) {
    return row.plan.valuesByCompany[row.company]?.[column.value] ?? row.plan.values[column.value]
  }
  if (column.from === undefined) return undefined
  const value = fieldOf(row, column.from)
  return value !== undefined && freeText.has(column.from) ? tidied(value, column['max-length']) : value
}

/** Words for people that nothing is matched by: one odd letter in a partner's description must not stop the night's load. */
const freeText: ReadonlySet<string> = new Set(['invoice.description', 'line.description', 'description'])

const tidied = (text: string, limit = Number.POSITIVE_INFINITY): string => {
  const printable = [...text].map((char) => (isPrintable(char) ? char : ' '))
  return printable.slice(0, limit).join('').trim()
}

/** How many cells a row has: every column of the layout, and at fixed places those that the template names, in its order. */
export const cellsOf = ({ form }: LoadTemplate, file: LoadFile): number =>
  form === 'fixed' ? file.map.length : file.columns

/** The cell of a column, 0-based. */
export const cellAt = ({ form }: LoadTemplate, file: LoadFile, column: LoadColumn): number =>
  form === 'fixed' ? file.map.indexOf(column) : column.position - 1

/** One row, every column of the layout in its position; what the template does not name stays empty. */
function renderRow(template: LoadTemplate, file: LoadFile, row: LoadRow): string[] {
  const cells = new Array<string>(cellsOf(template, file)).fill('')
  for (const column of file.map)
    cells[cellAt(template, file, column)] = renderValue(template, column, columnValue(column, row) ?? '')
  return cells
}

/** Names of the columns, each in its position. */
export function headerOf(template: LoadTemplate, file: LoadFile): string[] {
  const cells = new Array<string>(cellsOf(template, file)).fill('')
  for (const column of file.map) cells[cellAt(template, file, column)] = column.name
  return cells
}

export function renderValue(template: LoadTemplate, column: LoadColumn, value: string): string {
  if (value === '') return ''
  const pad = column['pad-left']
  const text =
    column.kind === 'date'
      ? renderDate(value, column.date ?? template.date)
      : isNumber(column)
        ? renderNumber(value, column)
        : value
  if (pad === undefined) return text
  // Behind zeros a minus would be no number any more.
  const sign = isNumber(column) && pad.with === '0' && text.startsWith('-') ? '-' : ''
  return `${sign}${text.slice(sign.length).padStart(pad.width - sign.length, pad.with)}`
}

const isNumber = ({ kind }: LoadColumn): boolean => kind === 'amount' || kind === 'quantity' || kind === 'price'

/** lintCells sees to it that it is a number, and that nothing is rounded. */
function renderNumber(value: string, { decimals, ...column }: LoadColumn): string {
  const number = parseDecimal(value)
  const text = decimals === undefined || number === undefined ? value : fixed(number, decimals)
  if (column['implied-decimals'] === true) return text.replace('.', '')
  return column['decimal-separator'] === ',' ? text.replace('.', ',') : text
}

/** The number a cell stands for; undefined where it is none. */
export function numberIn(column: LoadColumn, cell: string): DecimalText | undefined {
  const pad = column['pad-left']?.with
  const bare = pad === undefined || pad === '-' ? cell.trim() : withoutPad(cell, pad)
  const { decimals } = column
  if (decimals === undefined || !column['implied-decimals'])
    return parseDecimal(column['decimal-separator'] === ',' ? bare.replace(',', '.') : bare)
  const [, sign = '', digits] = /^(-?)(\d+)$/.exec(bare) ?? []
  if (digits === undefined) return undefined
  const long = digits.padStart(decimals + 1, '0')
  return parseDecimal(
    `${sign}${long.slice(0, long.length - decimals)}${decimals > 0 ? '.' : ''}${long.slice(long.length - decimals)}`,
  )
}

function withoutPad(cell: string, pad: string): string {
  const sign = pad === '0' && cell.startsWith('-') ? '-' : ''
  let from = sign.length
  // The zero before a point, and the only digit of a zero, are the number's own.
  while (cell[from] === pad && /^.[\d-]/.test(cell.slice(from))) from += 1
  return `${sign}${cell.slice(from).trim()}`
}

/** All rows of one file of the load, in the plan's order. */
export function* renderRows(template: LoadTemplate, file: LoadFile, plan: LoadRow['plan']): Generator<string[]> {
  for (const row of rowsOf(plan, file.rows)) yield renderRow(template, file, row)
}

// Thousands of lines share a few dates.
const rendered = new Map<string, string>()

function renderDate(iso: string, pattern: string): string {
  const key = `${pattern} ${iso}`
  let text = rendered.get(key)
  if (text === undefined) {
    text = DateTime.fromISO(iso, { zone: 'utc' }).toFormat(pattern)
    rendered.set(key, text)
  }
  return text
}
