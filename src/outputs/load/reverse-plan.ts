import { negate, parseDecimal } from '../../canonical/index.js'
import type { LoadReversal } from '../../config/load-reversal.js'
import type { LoadTemplate } from '../../config/load-template.js'
import type { LoadInvoice, LoadPlan, PlannedRow, PlannedTable } from './load-plan.js'

export interface ReversedPlan {
  readonly invoices: readonly LoadInvoice[]
  readonly tables: Readonly<Record<string, PlannedTable>>
  /** Why rows cannot be taken back, a sentence each; empty: all can. */
  readonly obstacles: readonly string[]
}

/**
 * The rows that take those of a plan back, as the template says how. `day`: of the invoices that do, yyyy-MM-dd.
 * A row that cannot be is an obstacle: a load is taken back as a whole or not at all.
 */
export function reversePlan(reversal: LoadReversal, plan: LoadPlan, day: string): ReversedPlan {
  if (reversal.impossible !== undefined) return { invoices: [], tables: {}, obstacles: [reversal.impossible] }
  const obstacles: string[] = []
  const suffix = reversal['number-suffix']
  if (plan.invoices.length > 0 && suffix === undefined)
    obstacles.push('its template does not say by which numbers invoices are taken back')
  const tables = Object.entries(plan.tables).map(([kind, { columns, rows }]): [string, PlannedTable] => [
    kind,
    {
      columns,
      rows: rows.flatMap((row) => {
        const back = reverseRow(reversal, row)
        if (typeof back !== 'string') return [back]
        obstacles.push(`${kind} ${row.key}: ${back}`)
        return []
      }),
    },
  ])
  return {
    invoices: plan.invoices.map((invoice) => reverseInvoice(invoice, suffix ?? '', day)),
    tables: Object.fromEntries(tables),
    obstacles,
  }
}

const ofReversal = 'reversal of '

/** What the store knows the invoice by that one of a reversal takes back. */
export const reversedInvoiceId = (invoiceId: string): string =>
  invoiceId.startsWith(ofReversal) ? invoiceId.slice(ofReversal.length) : invoiceId

const reverseInvoice = (invoice: LoadInvoice, suffix: string, day: string): LoadInvoice => ({
  ...invoice,
  invoiceId: `${ofReversal}${invoice.invoiceId}`,
  number: `${invoice.number}${suffix}`,
  date: day,
  amount: negate(invoice.amount),
  type: invoice.type === 'CREDIT' ? 'STANDARD' : 'CREDIT',
  description: `Reversal of ${invoice.number}`,
  lines: invoice.lines.map((line) => ({
    ...line,
    amount: negate(line.amount),
    ...(line.quantity === undefined ? {} : { quantity: negate(line.quantity) }),
  })),
})

/** The row that takes it back, or why there is none. */
function reverseRow(reversal: LoadReversal, row: PlannedRow): PlannedRow | string {
  const fields: Record<string, string> = { ...row.fields }
  for (const [field, values] of Object.entries(reversal.unless)) {
    const value = fields[field]
    if (value !== undefined && (values.includes('*') || values.includes(value)))
      return `${field} ${value} cannot be taken back`
  }
  const before: Record<string, string | null> = {}
  for (const [one, other] of Object.entries(reversal.exchange)) {
    const [a, b] = [fields[one], fields[other]]
    if (a === undefined || b === undefined) continue
    fields[one] = b
    fields[other] = a
    if (row.before && one in row.before) before[one] = a
  }
  for (const field of reversal.previous) {
    const value = fields[field]
    if (value === undefined) continue
    const old = row.before?.[field]
    if (row.before === null) return 'it was new in the ERP, and nothing of before can be put back'
    if (old === undefined) return `what ${field} was before is not known`
    if (old === null || old === '') return `${field} was empty before, and the import cannot empty it`
    fields[field] = old
    before[field] = value
  }
  for (const field of reversal.negate) {
    const value = parseDecimal(fields[field] ?? '')
    if (value !== undefined) fields[field] = negate(value)
  }
  for (const [field, added] of Object.entries(reversal.suffix))
    if (fields[field] !== undefined) fields[field] = `${fields[field]}${added}`
  return {
    ...row,
    fields,
    ...(row.amount === undefined ? {} : { amount: negate(row.amount) }),
    ...(row.before ? { before } : {}),
  }
}

/** The template that a load which takes another back is written by. */
export function reversingTemplate(template: LoadTemplate): LoadTemplate {
  const constants = template.reversal?.constants ?? {}
  return {
    ...template,
    files: template.files.map((file) => ({
      ...file,
      map: file.map.map((column) => {
        const constant = constants[column.name]
        return constant === undefined || column.constant === undefined ? column : { ...column, constant }
      }),
    })),
  }
}
