import { DateTime } from 'luxon'
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

/** One row, every column of the layout in its position; what the template does not name stays empty. */
export function renderRow(template: LoadTemplate, file: LoadFile, row: LoadRow): string[] {
  const cells = new Array<string>(file.columns).fill('')
  for (const column of file.map) {
    const value = columnValue(column, row) ?? ''
    cells[column.position - 1] = column.kind === 'date' && value !== '' ? renderDate(value, template.date) : value
  }
  return cells
}

/** Names of the columns, each in its position. */
export function headerOf(file: LoadFile): string[] {
  const cells = new Array<string>(file.columns).fill('')
  for (const { name, position } of file.map) cells[position - 1] = name
  return cells
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
