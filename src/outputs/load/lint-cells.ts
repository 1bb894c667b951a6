import { DateTime } from 'luxon'
import { parseDecimal } from '../../canonical/index.js'
import type { LoadColumn } from '../../config/load-template.js'
import type { LintProblem, LintRule } from './lint-problem.js'
import type { LoadRow } from './load-fields.js'
import { isPrintable } from './printable.js'
import { columnValue, type LoadFile } from './render-row.js'

/** What is wrong with the values of one row, column by column. */
export function lintCells(file: LoadFile, row: LoadRow): LintProblem[] {
  return file.map.flatMap((column) => {
    const value = columnValue(column, row) ?? ''
    const about = (rule: LintRule, what: string): LintProblem => ({
      rule,
      message: `${file.name}, ${column.name} of ${row.about}: ${what}`,
      file: file.name,
      column: column.name,
      ...(row.invoice && { invoice: row.invoice.number }),
      ...(row.line && { line: row.line.number }),
    })
    if (value === '') return column.required ? [about('required', 'empty')] : []
    const problems: LintProblem[] = []
    const limit = column['max-length']
    const length = [...value].length
    if (limit !== undefined && length > limit) problems.push(about('too-long', `${length} characters, ${limit} fit`))
    if (![...value].every(isPrintable))
      problems.push(about('control-character', 'holds a line break or control character'))
    if (!fits(column.kind, value)) problems.push(about('kind', `"${value}" is not of kind ${column.kind}`))
    return problems
  })
}

function fits(kind: LoadColumn['kind'], value: string): boolean {
  switch (kind) {
    case 'text':
      return true
    case 'integer':
      return /^\d{1,18}$/.test(value)
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(value) && DateTime.fromISO(value, { zone: 'utc' }).isValid
    case 'amount':
    case 'quantity':
    case 'price':
      return parseDecimal(value) !== undefined
  }
}
