import type { LoadTemplate } from '../../config/load-template.js'
import type { LintProblem } from './lint-problem.js'
import { isField, isOfInvoices } from './load-fields.js'
import type { LoadPlan } from './load-plan.js'
import type { LoadFile } from './render-row.js'

const needed: Readonly<Record<string, readonly string[]>> = {
  invoice: ['invoice.id', 'invoice.amount', 'load.group-id', 'load.source'],
  'invoice-line': ['invoice.id', 'line.amount'],
}

/** What is wrong with the template itself, whatever the plan. */
export function lintLayout(template: LoadTemplate, plan: LoadPlan): LintProblem[] {
  const invoices = template.files.some(({ rows }) => isOfInvoices(rows)) || template.files.length === 0
  const missing = (invoices ? ['invoice', 'invoice-line'] : []).filter(
    (rows) => template.files.filter((file) => file.rows === rows).length !== 1,
  )
  const tooMany =
    template.archive.kind === 'none' && template.files.length > 1
      ? [problem(undefined, `${template.files.length} files and no archive to put them in`)]
      : []
  return [
    ...missing.map((rows) => problem(undefined, `the template needs exactly one file of ${rows} rows`)),
    ...tooMany,
    ...template.files.flatMap((file) => lintFile(file, plan)),
  ]
}

function lintFile(file: LoadFile, plan: LoadPlan): LintProblem[] {
  const columns = plan.tables[file.rows]?.columns
  const positions = new Map<number, string>()
  const problems: LintProblem[] = []
  for (const column of file.map) {
    const { name, position } = column
    const taken = positions.get(position)
    if (taken !== undefined)
      problems.push(problem(file, `columns ${taken} and ${name} share position ${position}`, name))
    positions.set(position, name)
    if (position > file.columns) {
      problems.push(problem(file, `${name} is at ${position}, but the layout has ${file.columns} columns`, name))
    }
    const origins = [column.from, column.constant, column.value].filter((origin) => origin !== undefined)
    if (origins.length !== 1)
      problems.push(problem(file, `${name} needs exactly one of from, constant and value`, name))
    if (column.from !== undefined && !isField(column.from, file.rows, columns)) {
      problems.push(problem(file, `${name}: there is no field ${column.from}`, name))
    }
  }
  const absent = (needed[file.rows] ?? []).filter((field) => !file.map.some((column) => column.from === field))
  return [...problems, ...absent.map((field) => problem(file, `no column takes ${field}`))]
}

const problem = (file: LoadFile | undefined, message: string, column?: string): LintProblem => ({
  rule: 'layout',
  message,
  ...(file && { file: file.name }),
  ...(column && { column }),
})
