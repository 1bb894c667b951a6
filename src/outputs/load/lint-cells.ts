import { DateTime } from 'luxon'
import { decimal, parseDecimal, scaleOf } from '../../canonical/index.js'
import type { LoadColumn, LoadTemplate } from '../../config/load-template.js'
import type { LintProblem, LintRule } from './lint-problem.js'
import type { LoadRow } from './load-fields.js'
import { isPrintable } from './printable.js'
import { columnValue, type LoadFile, renderValue } from './render-row.js'

/** What is wrong with the values of one row, column by column. */
export function lintCells(template: LoadTemplate, file: LoadFile, row: LoadRow): LintProblem[] {
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
    else problems.push(...lintWritten(template, column, value, about))
    return problems
  })
}

/** What is wrong with a value as it is to be written. */
function lintWritten(
  template: LoadTemplate,
  column: LoadColumn,
  value: string,
  about: (rule: LintRule, what: string) => LintProblem,
): LintProblem[] {
  const { decimals, width } = column
  if (decimals !== undefined && scaleOf(decimal(value)) > decimals)
    return [about('precision', `${value} has more than ${decimals} digits after the point`)]
  const place = template.form === 'fixed' ? width : column['pad-left']?.width
  const length = [...renderValue(template, column, value)].length
  return place !== undefined && length > place ? [about('too-long', `${length} characters, ${place} fit`)] : []
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
