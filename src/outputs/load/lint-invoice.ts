import { compare, multiply, roundHalfUp, scaleOf, subtract, sumOf, ZERO } from '../../canonical/index.js'
import type { LintProblem, LintRule } from './lint-problem.js'
import type { LoadInvoice, LoadLine } from './load-plan.js'

/** What the ERP would reject in one invoice: its amounts, lines and PO references. */
export function lintInvoice(invoice: LoadInvoice): LintProblem[] {
  const problems: LintProblem[] = []
  const about = (rule: LintRule, what: string, line?: LoadLine): void => {
    const where = `invoice ${invoice.number} of ${invoice.supplier}${line ? `, line ${line.number}` : ''}`
    problems.push({ rule, message: `${where}: ${what}`, invoice: invoice.number, ...(line && { line: line.number }) })
  }
  if (invoice.lines.length === 0) about('join', 'has no lines')
  const total = sumOf(invoice.lines.map(({ amount }) => amount))
  if (compare(total, invoice.amount) !== 0) {
    about(
      'header-total',
      `lines add up to ${total}, the header says ${invoice.amount}: ${subtract(total, invoice.amount)} apart`,
    )
  }
  const side = compare(invoice.amount, ZERO)
  if (invoice.type === 'STANDARD' && side < 0) about('sign', `STANDARD, but ${invoice.amount}`)
  if (invoice.type === 'CREDIT' && side > 0) about('sign', `CREDIT, but ${invoice.amount}`)
  const places = minorUnits(invoice.currency)
  if (scaleOf(invoice.amount) > places) about('precision', `${invoice.amount} ${invoice.currency}`)
  const numbers = new Set<number>()
  for (const line of invoice.lines) {
    if (!Number.isSafeInteger(line.number) || line.number < 1) about('line-number', `number ${line.number}`, line)
    if (numbers.has(line.number)) about('line-number', 'the number is used twice', line)
    numbers.add(line.number)
    if (scaleOf(line.amount) > places) about('precision', `${line.amount} ${invoice.currency}`, line)
    if (line.quantity !== undefined && line.unitPrice !== undefined) {
      const extended = roundHalfUp(multiply(line.quantity, line.unitPrice), places)
      if (compare(extended, line.amount) !== 0) {
        about('line-amount', `${line.quantity} x ${line.unitPrice} is ${extended}, the line says ${line.amount}`, line)
      }
    }
    if ((line.poNumber ?? '') !== '' && (line.poLine ?? '') === '')
      about('po-reference', `PO ${line.poNumber} without a PO line`, line)
    if ((line.poNumber ?? '') === '' && (line.poLine ?? '') !== '')
      about('po-reference', `PO line ${line.poLine} without a PO`, line)
  }
  return problems
}

/** Decimals of a currency (ISO 4217); 2 for a code nobody knows, the column's own check reports that one. */
function minorUnits(currency: string): number {
  if (!/^[A-Z]{3}$/.test(currency)) return 2
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
}
