import { DateTime } from 'luxon'
import { parseDecimal } from '../../canonical/index.js'
import type { LoadColumn } from '../../config/load-template.js'
import type { LintProblem, LintRule } from './lint-problem.js'
import type { LoadRow } from './load-fields.js'
import { columnValue, type LoadFile } from './render-row.js'

const unprintable = (text: string): boolean => {
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0
    if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return true
    if (code === 0xfeff || code === 0xfffe || code === 0xffff || (code >= 0xd800 && code < 0xe000)) return true
  }
  return false
}

/** What is wrong with the values of one row, column by column. */
export function lintCells(file: LoadFile, row: LoadRow): LintProblem[] {
  return file.map.flatMap((column) => {
    const value = columnValue(column, row) ?? ''
    const about = (rule: LintRule, what: string): LintProblem => ({
      rule,
      message: `${file.name}, ${column.name} of invoice ${row.invoice.number}: ${what}`,
      file: file.name,
      column: column.name,
      invoice: row.invoice.number,
      ...(row.line && { line: row.line.number }),
    })
    if (value === '') return column.required ? [about('required', 'empty')] : []
    const problems: LintProblem[] = []
    const limit = column['max-length']
    const length = [...value].length
    if (limit !== undefined && length > limit) problems.push(about('too-long', `${length} characters, ${limit} fit`))
    if (unprintable(value)) problems.push(about('control-character', 'holds a line break or control character'))
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
