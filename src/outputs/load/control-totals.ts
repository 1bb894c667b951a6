import { type DecimalText, sumOf } from '../../canonical/index.js'
import type { LoadTemplate } from '../../config/load-template.js'
import type { LoadPlan } from './load-plan.js'

/** What a load must hold, counted once from the plan and once from the bytes. */
export interface ControlTotals {
  readonly invoices: number
  readonly lines: number
  /** Sum of the invoice amounts; credits are negative. Currencies are added as they are: it is a check, not a sum of money. */
  readonly amount: DecimalText
  readonly lineAmount: DecimalText
  /** Rows of the matcher's tables, in all files of the load. */
  readonly rows: number
}

export function controlTotals(template: LoadTemplate, plan: LoadPlan): ControlTotals {
  const lines = plan.invoices.flatMap((invoice) => invoice.lines)
  return {
    invoices: plan.invoices.length,
    lines: lines.length,
    amount: sumOf(plan.invoices.map(({ amount }) => amount)),
    lineAmount: sumOf(lines.map(({ amount }) => amount)),
    rows: template.files.reduce((rows, file) => rows + (plan.tables[file.rows]?.rows.length ?? 0), 0),
  }
}
