import iconv from 'iconv-lite'
import type { z } from 'zod'
import { type DecimalText, decimal, fixed, parseDecimal, sumOf, ZERO } from '../canonical/index.js'
import type { ExtractColumn, ExtractContract, Projection } from '../config/extract-contract.js'
import { formatDate } from './days.js'

/** A contract as it stands in YAML; a parsed one fits too. */
export interface ExtractLayout extends z.input<typeof ExtractContract> {
  readonly format: Extract<z.input<typeof ExtractContract>['format'], { readonly kind: 'delimited' }>
}
type Column = z.input<typeof ExtractColumn>

/** Canonical column to value: decimals plain, dates yyyy-MM-dd, flags true or false, empty for none. */
export type CanonicalRow = Readonly<Record<string, string>>

/** One record of the file, given as the canonical rows that shall come out of it. */
export interface ExtractRecord {
  /** By relation; the n-th row fills the n-th projection to that relation, a row that is missing leaves its columns empty. */
  readonly rows: Readonly<Record<string, readonly CanonicalRow[]>>
  /** Cells as they stand in the file, over whatever the rows give: columns nobody projects, and spoiled values. */
  readonly raw?: Readonly<Record<string, string>>
}

/** What a contract leaves open. */
export interface ExtractHabits {
  readonly newline: '\n' | '\r\n'
  /** Every value in quotes, not only those that need it. */
  readonly quoteAll: boolean
  /** How cells of a column look in the file, for example right-justified. */
  readonly dress?: Readonly<Record<string, (value: string) => string>>
  /** A column the contract does not know, written last. */
  readonly newColumn?: { readonly name: string; readonly value: string }
}

export interface WrittenExtract {
  readonly bytes: Buffer
  /** Physical line, 1-based, on which each record begins. */
  readonly lines: readonly number[]
}

/**
 * The file that, read under its contract, gives these rows: every projection is gone through backwards.
 * @throws RangeError when a row cannot be said in this layout, or a required column stays empty without being spoiled
 */
export function writeExtract(
  layout: ExtractLayout,
  records: readonly ExtractRecord[],
  habits: ExtractHabits,
): WrittenExtract {
  const cells = records.map((record) => cellsOf(layout, record, habits))
  const output = new RecordText(layout, habits)
  if (layout.format['header-marker'] !== undefined) output.add([layout.format['header-marker'], layout.source])
  if (layout.format.header) output.add([...layout.columns.map(({ name }) => name), ...newCell(habits, 'name')])
  const lines = cells.map((values) =>
    output.add([...layout.columns.map(({ name }) => values.get(name) ?? ''), ...newCell(habits, 'value')]),
  )
  if (layout.format.trailer !== undefined) output.add(trailerOf(layout, cells))
  return { bytes: iconv.encode(output.text, layout.format.encoding ?? 'utf-8'), lines }
}

const newCell = (habits: ExtractHabits, part: 'name' | 'value'): string[] =>
  habits.newColumn === undefined ? [] : [habits.newColumn[part]]

/** Joins, quotes and counts lines. */
class RecordText {
  text = ''
  #line = 1
  readonly #layout: ExtractLayout
  readonly #habits: ExtractHabits

  constructor(layout: ExtractLayout, habits: ExtractHabits) {
    this.#layout = layout
    this.#habits = habits
  }

  /** Adds a record; gives back the line it begins on. */
  add(values: readonly string[]): number {
    const begins = this.#line
    const record = values.map((value) => this.#quoted(value)).join(this.#layout.format.delimiter) + this.#habits.newline
    this.text += record
    this.#line += record.split('\n').length - 1
    return begins
  }

  #quoted(value: string): string {
    const { quote = '"', delimiter } = this.#layout.format
    const needed = value.includes(delimiter) || /[\r\n]/.test(value) || (quote !== '' && value.includes(quote))
    if (needed && quote === '') throw new RangeError(`cannot be written without quotes: ${value}`)
    return needed || (this.#habits.quoteAll && quote !== '')
      ? quote + value.replaceAll(quote, quote + quote) + quote
      : value
  }
}

function cellsOf(layout: ExtractLayout, record: ExtractRecord, habits: ExtractHabits): Map<string, string> {
  const cells = new Map<string, string>()
  const used = new Map<string, number>()
  for (const { relation, map } of layout.projections ?? []) {
    const place = used.get(relation) ?? 0
    used.set(relation, place + 1)
    const row = record.rows[relation]?.[place]
    if (row === undefined) continue
    for (const [name, projection] of Object.entries(map)) fill(cells, layout, projection, row[name] ?? '', name)
  }
  for (const [name, dress] of Object.entries(habits.dress ?? {})) {
    const value = cells.get(name)
    if (value !== undefined) cells.set(name, dress(value))
  }
  for (const [name, value] of Object.entries(record.raw ?? {})) cells.set(name, value)
  const empty = layout.columns.find(
    ({ name, required }) => required === true && (cells.get(name) ?? '') === '' && record.raw?.[name] === undefined,
  )
  if (empty !== undefined) throw new RangeError(`${layout.contract}: no value for the required column ${empty.name}`)
  return cells
}

function fill(
  cells: Map<string, string>,
  layout: ExtractLayout,
  projection: z.input<typeof Projection>,
  value: string,
  canonical: string,
): void {
  if (typeof projection === 'object' && 'constant' in projection) {
    if (value !== projection.constant)
      throw new RangeError(`${layout.contract}: ${canonical} is always ${projection.constant}, not ${value}`)
    return
  }
  if (typeof projection === 'object' && 'file' in projection)
    throw new RangeError(`${layout.contract}: ${canonical} comes from the name of a file, and a layout of ours has one`)
  const rule = typeof projection === 'string' ? { column: projection } : projection
  const column = layout.columns.find(({ name }) => name === rule.column)
  if (column === undefined) throw new RangeError(`${layout.contract}: no column ${rule.column}`)
  const cell = cellText(column, uncoded(rule, value, layout.contract))
  const before = cells.get(column.name)
  if (before !== undefined && before !== cell)
    throw new RangeError(`${layout.contract}: ${column.name} cannot be both ${before} and ${cell}`)
  cells.set(column.name, cell)
}

type Rule = Exclude<z.input<typeof Projection>, string | { constant: string } | { file: 'part' }>

/** The file's own word for a canonical value. */
function uncoded(rule: Rule, value: string, contract: string): string {
  if (value !== '' && value === rule['empty-as']) return ''
  if (rule.codes === undefined || value === '') return value
  const code = Object.entries(rule.codes).find(([, canonical]) => canonical === value)?.[0]
  if (code === undefined) throw new RangeError(`${contract}: ${rule.column} has no code for ${value}`)
  return code
}

function cellText(column: Column, value: string): string {
  if (value === '') return ''
  switch (column.kind) {
    case 'date':
      return formatDate(value, column.formats?.[0] ?? '%Y-%m-%d')
    case 'flag':
      return (value === 'true' ? column['true-values'] : column['false-values'])?.[0] ?? value
    case 'decimal':
      return decimalText(column, decimal(value))
    default:
      return value
  }
}

function decimalText(column: Column, value: DecimalText): string {
  if (column['implied-decimals'] !== undefined) return fixed(value, column['implied-decimals']).replace('.', '')
  return column['trailing-minus'] === true && value.startsWith('-') ? `${value.slice(1)}-` : value
}

function trailerOf(layout: ExtractLayout, cells: readonly Map<string, string>[]): string[] {
  const { trailer } = layout.format
  if (trailer === undefined) return []
  const record = [trailer.marker]
  const put = (position: number, value: string): void => {
    while (record.length < position) record.push('')
    record[position - 1] = value
  }
  if (trailer.count !== undefined) put(trailer.count, String(cells.length))
  for (const { position, column } of trailer.sums ?? [])
    put(position, sumOf(cells.map((row) => amountIn(row.get(column)))))
  return record
}

/** A cell as a number; what is none counts nothing, as in the program that once wrote such trailers. */
function amountIn(cell = ''): DecimalText {
  return parseDecimal(cell.endsWith('-') ? `-${cell.slice(0, -1)}` : cell) ?? ZERO
}
