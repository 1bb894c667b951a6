import { compare, parseDecimal } from '../../canonical/index.js'
import type { LoadColumn, LoadTemplate } from '../../config/load-template.js'
import { type LoadRow, rowsOf } from './load-fields.js'
import type { LoadPlan } from './load-plan.js'
import { columnValue, type LoadFile } from './render-row.js'

export interface FieldChange {
  /** As the ERP names it. */
  readonly column: string
  /** Null: empty there. */
  readonly old: string | null
  readonly new: string
}

/** A row of a load in the ERP's words, and what it changes there. */
export interface WrittenRow {
  /** File of the archive, and the row's place in it, 1-based. */
  readonly file: string
  readonly number: number
  /** "invoice 4711", "po-change 10 4500123 1". */
  readonly about: string
  /** new: the ERP has no such record. changed, unchanged: it has one that says something else, or the same. */
  readonly change: 'new' | 'changed' | 'unchanged'
  readonly changes: readonly FieldChange[]
  /** Column -> value, without the empty ones. */
  readonly values: Readonly<Record<string, string>>
  /** What the store knows it by: the document of the invoice, or the identities of the rows of the matcher's table. */
  readonly ids: readonly string[]
}

/** All rows that a load would write, file by file, in their order. */
export const writtenRows = (template: LoadTemplate, plan: LoadPlan): WrittenRow[] =>
  template.files.flatMap((file) => rowsOf(plan, file.rows).map((row) => writtenRow(file, row)))

function writtenRow(file: LoadFile, row: LoadRow): WrittenRow {
  const before = row.row?.before
  const changes = before ? changesOf(file, row, before) : []
  const values = file.map.flatMap((column) => {
    const value = columnValue(column, row)
    return value === undefined || value === '' ? [] : [[column.name, value] as const]
  })
  return {
    file: file.name,
    number: row.number,
    about: row.line === undefined ? row.about : `${row.about}, line ${row.line.number}`,
    change: !before ? 'new' : changes.length > 0 ? 'changed' : 'unchanged',
    changes,
    values: Object.fromEntries(values),
    ids: row.invoice === undefined ? (row.row?.identities ?? []) : [row.invoice.invoiceId],
  }
}

/** What is empty in the row stays as it is there. */
const changesOf = (file: LoadFile, row: LoadRow, before: Readonly<Record<string, string | null>>): FieldChange[] =>
  file.map.flatMap((column) => {
    const old = column.from === undefined ? undefined : before[column.from]
    const value = columnValue(column, row) ?? ''
    if (old === undefined || value === '' || isSame(column, old ?? '', value)) return []
    return [{ column: column.name, old: old === '' ? null : old, new: value }]
  })

function isSame({ kind }: LoadColumn, old: string, value: string): boolean {
  if (old === value) return true
  if (kind !== 'amount' && kind !== 'quantity' && kind !== 'price') return false
  const [a, b] = [parseDecimal(old), parseDecimal(value)]
  return a !== undefined && b !== undefined && compare(a, b) === 0
}
