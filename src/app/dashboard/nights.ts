import type { Reconciliation, Trend } from '../../outputs/dashboard/index.js'
import { listRuns, type RunRow, type StateDatabase } from '../../state/index.js'
import type { RunSummary } from '../run-summary.js'

/** Nights that a trend shows. */
const NIGHTS = 30

interface Night {
  readonly run: RunRow
  readonly summary: RunSummary
}

/** What the last nights of a job amounted to; the newest night that compared something, and the way there. */
export async function nightsOf(
  database: StateDatabase,
  job: string,
): Promise<{ readonly reconciliation: Reconciliation | null; readonly trends: readonly Trend[] }> {
  // Runs that failed or were begun again are among them.
  const runs = await listRuns(database, NIGHTS * 2, job)
  const nights = runs
    .filter(({ kind, summary }) => kind === 'night' && summary !== null)
    .flatMap((run): Night[] => {
      const summary: RunSummary | null = JSON.parse(run.summary ?? 'null')
      return summary?.exceptions === undefined ? [] : [{ run, summary }]
    })
  const compared = nights.find(({ summary }) => summary.outcomes !== null && summary.outcomes !== undefined)
  return {
    reconciliation: compared === undefined ? null : reconciliationOf(compared),
    trends: nights.length === 0 ? [] : trendsOf(job, lastOfEachDay(nights)),
  }
}

/** Newest first in, oldest first out; of several runs of a day the last. */
function lastOfEachDay(nights: readonly Night[]): Night[] {
  const days = new Map<string, Night>()
  for (const night of nights) if (!days.has(night.run.as_of)) days.set(night.run.as_of, night)
  return [...days.values()].slice(0, NIGHTS).sort((a, b) => (a.run.as_of < b.run.as_of ? -1 : 1))
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
