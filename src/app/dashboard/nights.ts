import type { Reconciliation, Trend } from '../../outputs/dashboard/index.js'
import type { StateDatabase } from '../../state/index.js'
import { lastNights, lastOfEachDay, type Night } from '../runs/last-nights.js'

/** Nights that a trend shows. */
const NIGHTS = 30

/** What the last nights of a job amounted to; the newest night that compared something, and the way there. */
export async function nightsOf(
  database: StateDatabase,
  job: string,
): Promise<{ readonly reconciliation: Reconciliation | null; readonly trends: readonly Trend[] }> {
  const nights = await lastNights(database, job, NIGHTS)
  const compared = nights.find(({ summary }) => summary.outcomes !== null && summary.outcomes !== undefined)
  return {
    reconciliation: compared === undefined ? null : reconciliationOf(compared),
    trends: nights.length === 0 ? [] : trendsOf(job, lastOfEachDay(nights, NIGHTS)),
  }
}

const reconciliationOf = ({ run, summary }: Night): Reconciliation => ({
  job: run.job,
  run: run.id,
  asOf: run.as_of,
  status: run.status,
  records: summary.extracts.reduce((sum, { records }) => sum + records, summary.documents.in),
  rejected: summary.extracts.reduce((sum, { rejected }) => sum + rejected, summary.documents.unusable),
  outcomes: (summary.outcomes ?? []).map(({ label, count, amount }) => ({ label, count, amount })),
})

const trendsOf = (job: string, nights: readonly Night[]): Trend[] => [
  {
    job,
    unit: 'exceptions',
    nights: nights.map(({ run, summary }) => ({ asOf: run.as_of, value: String(summary.exceptions.open) })),
  },
  {
    job,
    unit: 'money',
    nights: nights.map(({ run, summary }) => ({ asOf: run.as_of, value: summary.exceptions.amountAtRisk })),
  },
]
