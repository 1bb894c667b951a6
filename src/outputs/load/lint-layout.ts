import type { LoadTemplate } from '../../config/load-template.js'
import type { LintProblem } from './lint-problem.js'
import { isField, isOfInvoices } from './load-fields.js'
import type { LoadPlan } from './load-plan.js'
import type { LoadFile } from './render-row.js'

const needed: Readonly<Record<string, readonly string[]>> = {
  invoice: ['invoice.amount'],
  'invoice-line': ['line.amount'],
}

/** What is wrong with the template itself, whatever the plan. */
export function lintLayout(template: LoadTemplate, plan: LoadPlan): LintProblem[] {
  const invoices = template.files.some(({ rows }) => isOfInvoices(rows)) || template.files.length === 0
  const missing = (invoices ? ['invoice', 'invoice-line'] : []).filter(
    (rows) => template.files.filter((file) => file.rows === rows).length !== 1,
  )
  const tooMany =
    template.archive.kind === 'none' && template.form !== 'xlsx' && template.files.length > 1
      ? [problem(undefined, `${template.files.length} files and no archive to put them in`)]
      : []
  return [
    ...missing.map((rows) => problem(undefined, `the template needs exactly one file of ${rows} rows`)),
    ...tooMany,
    ...template.files.flatMap((file) => lintFile(template, file, plan)),
    ...lintForm(template),
  ]
}

function lintFile(template: LoadTemplate, file: LoadFile, plan: LoadPlan): LintProblem[] {
  const columns = plan.tables[file.rows]?.columns
  const positions = new Map<number, string>()
  const problems: LintProblem[] = []
  for (const column of file.map) {
    const { name, position } = column
    const taken = positions.get(position)
    if (taken !== undefined)
      problems.push(problem(file, `columns ${taken} and ${name} share position ${position}`, name))
    positions.set(position, name)
    if (template.form === 'fixed') problems.push(...lintPlace(file, column))
    else if (position > file.columns) {
      problems.push(problem(file, `${name} is at ${position}, but the layout has ${file.columns} columns`, name))
    }
    const origins = [column.from, column.constant, column.value].filter((origin) => origin !== undefined)
    if (origins.length !== 1)
      problems.push(problem(file, `${name} needs exactly one of from, constant and value`, name))
    if (column.from !== undefined && !isField(column.from, file.rows, columns)) {
      problems.push(problem(file, `${name}: there is no field ${column.from}`, name))
    }
  }
  const has = (field: string): boolean => file.map.some((column) => column.from === field)
  const absent = (needed[file.rows] ?? []).filter((field) => !has(field))
  // Headers and lines are joined by an id of ours, or by the supplier's number.
  if (file.rows in needed && !has('invoice.id') && !has('invoice.number')) absent.push('invoice.id or invoice.number')
  // Oracle's import, which joins by an id, takes only what bears the group and source that it is told.
  if (file.rows === 'invoice' && has('invoice.id'))
    absent.push(...['load.group-id', 'load.source'].filter((field) => !has(field)))
  return [...problems, ...absent.map((field) => problem(file, `no column takes ${field}`))]
}

/** At fixed places every column has a width, and no two stand on one character. */
function lintPlace(file: LoadFile, { name, position, width }: LoadFile['map'][number]): LintProblem[] {
  if (width === undefined) return [problem(file, `${name} has no width, and its place is fixed`, name)]
  const last = position + width - 1
  const others = file.map.filter((other) => other.name !== name && other.position >= position && other.position <= last)
  return [
    ...(last > file.columns
      ? [problem(file, `${name} goes up to character ${last}, but a record has ${file.columns}`, name)]
      : []),
    ...others.map((other) => problem(file, `${name} and ${other.name} share character ${other.position}`, name)),
  ]
}

function lintForm(template: LoadTemplate): LintProblem[] {
  if (template.form !== 'xlsx') return []
  return [
    ...(template.archive.kind === 'zip'
      ? [problem(undefined, 'a workbook holds its sheets itself: archive kind none')]
      : []),
    ...template.files
      .filter(({ name }) => name.length > 31 || /[\\/*?:[\]]/.test(name))
      .map((file) => problem(file, 'the name of a sheet has 31 characters at the most, and none of \\ / * ? : [ ]')),
  ]
}

const problem = (file: LoadFile | undefined, message: string, column?: string): LintProblem => ({
  rule: 'layout',
  message,
  ...(file && { file: file.name }),
  ...(column && { column }),
})
