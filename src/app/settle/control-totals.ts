import { add, type DecimalText, decimal, sumOf, ZERO } from '../../canonical/index.js'
import { MatchbookError } from '../../errors/index.js'
import type { ControlTotal } from '../../outputs/report/index.js'
import type { ExtractTotals, ReadDocuments, RunSummary, Tally } from '../run-summary.js'

const count = (value: number): DecimalText => decimal(value)

const total = (
  section: string,
  name: string,
  measure: ControlTotal['measure'],
  parts: Partial<ControlTotal>,
): ControlTotal => ({
  section,
  name,
  measure,
  in: ZERO,
  matched: ZERO,
  exception: ZERO,
  waiting: ZERO,
  duplicate: ZERO,
  quarantined: ZERO,
  ...parts,
})

/** Transactions found in tonight's X12 files, and where each went. */
export const documentTotals = (documents: ReadDocuments): ControlTotal =>
  total('X12 taken tonight', 'documents', 'count', {
    in: count(documents.in),
    matched: count(documents.taken),
    duplicate: count(documents.known),
    quarantined: count(documents.unusable),
  })

/** Invoices judged tonight, by number and by money: each currency ties by itself. */
export function invoiceTotals(invoices: NonNullable<RunSummary['invoices']>): ControlTotal[] {
  const tied = (name: string, measure: ControlTotal['measure'], of: (tally: Tally) => DecimalText): ControlTotal =>
    total('Invoices judged', name, measure, {
      in: of(invoices.judged),
      matched: invoices.released === undefined ? of(invoices.clean) : add(of(invoices.clean), of(invoices.released)),
      exception: of(invoices.held),
      waiting: of(invoices.waiting),
      duplicate: of(invoices.duplicate),
    })
  return [
    tied('number', 'count', ({ count: invoices }) => count(invoices)),
    tied('money', 'amount', ({ amount }) => amount),
    ...currenciesOf(invoices).map((currency) => ({
      ...tied(`money, ${currency}`, 'amount', ({ otherCurrencies }) => otherCurrencies?.[currency] ?? ZERO),
      currency,
    })),
  ]
}

/** All in which there is money beside the workspace's own; credits may make the sum of all of it nothing. */
const currenciesOf = ({ confirmed: _, ...tallies }: NonNullable<RunSummary['invoices']>): string[] =>
  [...new Set(Object.values(tallies).flatMap(({ otherCurrencies }) => Object.keys(otherCurrencies ?? {})))].sort()

/** Records of an extract: accepted under its contract, or rejected with a reason. */
export const extractTotals = ({ input, records, accepted, rejected }: ExtractTotals): ControlTotal =>
  total('Extract records', input, 'count', {
    in: count(records),
    matched: count(accepted),
    quarantined: count(rejected),
  })

/** Everything that came in is accounted for, or the run stops before it loads anything. @throws TOTALS-DIFFER */
export function assertTied(totals: readonly ControlTotal[]): void {
  for (const one of totals) {
    const out = sumOf([one.matched, one.exception, one.waiting, one.duplicate, one.quarantined])
    if (out === one.in) continue
    throw new MatchbookError('TOTALS-DIFFER', `${one.section}, ${one.name}: ${one.in} came in, ${out} accounted for`)
  }
}
