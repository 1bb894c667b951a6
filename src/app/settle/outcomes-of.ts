import type { Outcome, RunSummary, Tally } from '../run-summary.js'

/** What became of the invoices of a three-way match. */
export function outcomesOf(invoices: NonNullable<RunSummary['invoices']>): Outcome[] {
  const outcome = (label: string, { count, amount, otherCurrencies }: Tally, explanation: string): Outcome => ({
    label,
    explanation,
    count,
    amount,
    ...(otherCurrencies === undefined ? {} : { otherCurrencies }),
  })
  return [
    outcome(
      'Judged tonight',
      invoices.judged,
      'every invoice not yet settled: new ones and those held from earlier nights',
    ),
    outcome('Clean', invoices.clean, 'fits its orders, receipts, prices and contracts; goes to the ERP'),
    ...(invoices.released === undefined
      ? []
      : [
          outcome(
            'Released',
            invoices.released,
            'was held, and people or their rules decided every reason; goes to the ERP',
          ),
        ]),
    outcome('Held', invoices.held, 'at least one line needs a decision; see the sheet of its queue'),
    outcome(
      'Waiting for a receipt',
      invoices.waiting,
      'goods not yet received, still within grace; nobody need do anything',
    ),
    outcome('Duplicate', invoices.duplicate, 'number already received or vouchered; not paid'),
  ]
}
