import type { LoadTemplate } from '../../config/load-template.js'
import { lintCells } from './lint-cells.js'
import { lintInvoice } from './lint-invoice.js'
import { lintLayout } from './lint-layout.js'
import type { LintProblem } from './lint-problem.js'
import { rowsOf } from './load-fields.js'
import { loadInvoiceId } from './load-invoice-id.js'
import type { LoadInvoice, LoadPlan } from './load-plan.js'
import { columnValue, type LoadFile } from './render-row.js'

/**
 * Everything the ERP is known to reject or, worse, to ignore in silence, found before the push. An empty list is leave to push.
 * The rules come from notes on live imports into Oracle Fusion Payables and from its interface table documentation.
 */
export function lintLoad(template: LoadTemplate, plan: LoadPlan): LintProblem[] {
  const layout = lintLayout(template, plan)
  // A row cannot be judged by a layout that is wrong itself.
  if (layout.length > 0) return layout
  if (template.files.every(({ rows }) => rowsOf(plan, rows).length === 0))
    return [{ rule: 'empty-load', message: `load ${plan.loadId} holds nothing` }]
  const unselected = lintSelectors(plan)
  if (unselected.length > 0) return unselected
  return [
    ...template.files.flatMap((file) => lintRows(template, file, plan)),
    ...lintSelection(template, plan),
    ...plan.invoices.flatMap(lintInvoice),
    ...lintUnique(plan.invoices),
  ]
}

function lintRows(template: LoadTemplate, file: LoadFile, plan: LoadPlan): LintProblem[] {
  return rowsOf(plan, file.rows).flatMap((row) => lintCells(template, file, row))
}

const selectors = (plan: LoadPlan) =>
  [
    { rule: 'group-id', name: 'GROUP_ID', value: plan.groupId },
    { rule: 'source', name: 'SOURCE', value: plan.source },
  ] as const

const lintSelectors = (plan: LoadPlan): LintProblem[] =>
  selectors(plan)
    .filter(({ value }) => value === '')
    .map(({ rule, name }) => ({ rule, message: `load ${plan.loadId} has no ${name}`, column: name }))

/** The import job selects headers by GROUP_ID and SOURCE: the columns of those names must hold the plan's values. */
function lintSelection(template: LoadTemplate, plan: LoadPlan): LintProblem[] {
  const file = template.files.find(({ rows }) => rows === 'invoice') ?? template.files[0]
  return selectors(plan).flatMap(({ rule, name, value }): LintProblem[] => {
    const column = file?.map.find((candidate) => candidate.name === name)
    if (file === undefined || column === undefined) return []
    return rowsOf(plan, file.rows)
      .filter((row) => columnValue(column, row) !== value)
      .map(({ about, invoice }) => ({
        rule,
        message: `${about}: ${name} is not ${value}`,
        file: file.name,
        column: name,
        ...(invoice && { invoice: invoice.number }),
      }))
  })
}

function lintUnique(invoices: readonly LoadInvoice[]): LintProblem[] {
  const problems: LintProblem[] = []
  const ids = new Map<string, string>()
  const numbers = new Set<string>()
  for (const { invoiceId, number, supplier } of invoices) {
    const joinedBy = loadInvoiceId(invoiceId)
    const other = ids.get(joinedBy)
    if (other !== undefined) {
      problems.push({
        rule: 'invoice-id',
        message: `invoices ${other} and ${number} share INVOICE_ID ${joinedBy}`,
        invoice: number,
      })
    }
    ids.set(joinedBy, number)
    const key = JSON.stringify([supplier.trim(), number.trim().toUpperCase()])
    if (numbers.has(key)) {
      problems.push({
        rule: 'duplicate-invoice',
        message: `invoice ${number} of ${supplier} is in the load twice`,
        invoice: number,
      })
    }
    numbers.add(key)
  }
  return problems
}
