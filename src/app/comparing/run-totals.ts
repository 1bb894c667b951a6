import { type Amounts, type DecimalText, decimal, subtract, ZERO } from '../../canonical/index.js'
import type { RunSummary } from '../run-summary.js'
import type { ComparedTotal } from './run-comparison.js'

/** The totals of both runs side by side, in the order in which a summary says them. */
export function totalsOf(left: RunSummary | undefined, right: RunSummary | undefined): ComparedTotal[] {
  const [ls, rs] = [new Map(totals(left)), new Map(totals(right))]
  return [...new Set([...ls.keys(), ...rs.keys()])].map((what) => {
    const [l, r] = [ls.get(what) ?? null, rs.get(what) ?? null]
    return { what, left: l, right: r, difference: subtract(exact(r), exact(l)) }
  })
}

const exact = (total: string | null): DecimalText => (total === null ? ZERO : decimal(total))

/** One total for each currency beside the workspace's own. */
const apart = (what: string, amounts: Amounts = {}): [string, string][] =>
  Object.entries(amounts).map(([currency, amount]) => [`${what}, ${currency}`, amount])

function totals(summary: RunSummary | undefined): [string, string][] {
  if (summary === undefined) return []
  const { files, documents, extracts, outcomes, exceptions, loads, currency } = summary
  const records = (of: 'records' | 'rejected') => String(extracts.reduce((sum, extract) => sum + extract[of], 0))
  return [
    ['files taken', String(files.taken)],
    ['files in quarantine', String(files.quarantined)],
    ['documents taken', String(documents.taken)],
    ['documents unusable', String(documents.unusable)],
    ['records of extracts', records('records')],
    ['records rejected', records('rejected')],
    ...(outcomes ?? []).flatMap(({ label, count, amount, otherCurrencies }): [string, string][] => [
      [label, String(count)],
      ...(amount === null ? [] : [[`${label}, ${currency}`, amount] as [string, string]]),
      ...apart(label, otherCurrencies),
    ]),
    ['exceptions open', String(exceptions.open)],
    [`at risk, ${currency}`, exceptions.amountAtRisk],
    ...apart('at risk', exceptions.otherCurrencies),
    ...loads.flatMap(({ title, invoices, lines, amount }): [string, string][] => [
      [`${title}: invoices`, String(invoices)],
      [`${title}: lines`, String(lines)],
      [`${title}: ${currency}`, amount],
    ]),
  ]
}
