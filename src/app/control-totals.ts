import { add, type DecimalText, decimal, ZERO } from '../canonical/index.js'
import { MatchbookError } from '../errors/index.js'
import type { ControlTotal } from '../outputs/report/index.js'
import type { ExtractTotals, ReadDocuments, RunSummary, Tally } from './run-summary.js'

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

/** Invoices judged tonight, by number and by money. */
export const invoiceTotals = (invoices: NonNullable<RunSummary['invoices']>): ControlTotal[] =>
  (['count', 'amount'] as const).map((measure) => {
    const of = (tally: Tally): DecimalText => (measure === 'count' ? count(tally.count) : tally.amount)
    return total('Invoices judged', measure === 'count' ? 'number' : 'money', measure, {
      in: of(invoices.judged),
      matched: invoices.released === undefined ? of(invoices.clean) : add(of(invoices.clean), of(invoices.released)),
      exception: of(invoices.held),
      waiting: of(invoices.waiting),
      duplicate: of(invoices.duplicate),
    })
  })

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
    const out = add(one.matched, one.exception, one.waiting, one.duplicate, one.quarantined)
    if (out === one.in) continue
    throw new MatchbookError('TOTALS-DIFFER', `${one.section}, ${one.name}: ${one.in} came in, ${out} accounted for`)
  }
}
