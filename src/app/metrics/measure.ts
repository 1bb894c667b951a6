import type { MetricName, Sample } from '../../outputs/metrics/index.js'
import {
  judgedInvoices,
  lastRecoveries,
  lastSuccesses,
  listExceptions,
  newestFiles,
  overdueAnswers,
  quarantinedFiles,
} from '../../state/index.js'
import type { Reading } from '../reading.js'
import { status, type WorkspaceStatus } from '../status.js'
import { version } from '../workspace/shipped.js'
import { usageAndCharges } from './usage-and-charges.js'

/** Business rates look back so many days. */
const RATE_DAYS = 30

/** Everything that docs/metrics.md defines, as far as this workspace has something to measure. */
export async function measure(reading: Reading): Promise<Sample[]> {
  const { database } = reading.state
  const { jobs } = reading.workspace
  const now = reading.now()
  const current = await status(reading)
  const seconds = (since: string): string =>
    String(Math.max(0, Math.round((Date.parse(now) - Date.parse(since)) / 1000)))
  const known = <T extends { job: string }>(rows: readonly T[]): T[] => rows.filter(({ job }) => jobs.has(job))
  const overdue = await Promise.all(
    [...jobs.keys()].map(async (job) => ({ job, answers: await overdueAnswers(database, job, now) })),
  )
  return [
    sample('matchbook_info', { version: version(), profile: current.profile }, 1),
    ...known(await lastSuccesses(database)).map(({ job, at }) =>
      sample('matchbook_job_last_success_timestamp_seconds', { job }, Math.round(Date.parse(at) / 1000)),
    ),
    ...current.jobs.flatMap(({ job, schedule }) =>
      schedule === null ? [] : [sample('matchbook_job_late', { job }, schedule.due?.isLate ? 1 : 0)],
    ),
    ...counted(current.workers.map(({ status }) => status)).map(([status, workers]) =>
      sample('matchbook_workers', { status }, workers),
    ),
    ...counted(current.work.map(({ status }) => status)).map(([status, pieces]) =>
      sample('matchbook_work', { status }, pieces),
    ),
    ...[...jobs.keys()].map((job) =>
      sample('matchbook_drops_late', { job }, current.awaited.filter((drop) => drop.job === job).length),
    ),
    ...known(await newestFiles(database)).map(({ job, input, modified }) =>
      sample('matchbook_sync_lag_seconds', { job, input }, seconds(modified)),
    ),
    ...known(await quarantinedFiles(database)).map(({ job, files }) =>
      sample('matchbook_files_quarantined', { job }, files),
    ),
    ...(await rates(reading, now)),
    ...current.queues.flatMap(({ queue, open, critical, overdue, amountAtRisk, otherCurrencies = {} }) => [
      sample('matchbook_exceptions_open', { queue }, open),
      sample('matchbook_exceptions_critical', { queue }, critical),
      sample('matchbook_exceptions_overdue', { queue }, overdue),
      ...Object.entries({ [current.currency]: amountAtRisk, ...otherCurrencies }).map(([currency, amount]) =>
        sample('matchbook_money_at_risk', { queue, currency }, amount),
      ),
    ]),
    ...(await usageAndCharges(database, new Set(jobs.keys()))),
    ...overdue.flatMap(({ job, answers }) =>
      counted(answers.map(({ partner }) => partner)).map(([partner, groups]) =>
        sample('matchbook_acknowledgments_delayed', { job, partner }, groups),
      ),
    ),
    ...counted(current.outbox.map(({ endpoint }) => endpoint)).flatMap(([endpoint, files]) => {
      const oldest = current.outbox.find((item) => item.endpoint === endpoint)?.queuedAt ?? now
      return [
        sample('matchbook_outbox_waiting', { endpoint }, files),
        sample('matchbook_outbox_oldest_seconds', { endpoint }, seconds(oldest)),
      ]
    }),
    ...loadSamples([...jobs.keys()], current, seconds),
    ...(reading.workspace.settings.notify === undefined
      ? []
      : (['waiting', 'undeliverable'] as const).map((status) =>
          sample('matchbook_notifications', { status }, current.notifications[status]),
        )),
    ...(reading.workspace.settings.telemetry?.openlineage?.url === undefined
      ? []
      : (['waiting', 'refused'] as const).map((status) =>
          sample('matchbook_lineage_events', { status }, current.lineage[status]),
        )),
    ...current.down.map(({ endpoint, since }) =>
      sample('matchbook_endpoint_down_seconds', { endpoint }, seconds(since)),
    ),
    ...(await lastRecoveries(database)).map(({ endpoint, since, healedAt }) =>
      sample(
        'matchbook_interface_recovery_seconds',
        { endpoint },
        Math.round((Date.parse(healedAt) - Date.parse(since)) / 1000),
      ),
    ),
  ]
}

const sample = (metric: MetricName, labels: Sample['labels'], value: number | string): Sample => ({
  metric,
  labels,
  value: String(value),
})

function loadSamples(
  jobs: readonly string[],
  { loadsWaiting, loadsNotThere }: WorkspaceStatus,
  seconds: (since: string) => string,
): Sample[] {
  return jobs.flatMap((job) => {
    const waiting = loadsWaiting.filter((load) => load.job === job)
    const notThere = loadsNotThere.filter((load) => load.job === job)
    const [oldest] = waiting
    return [
      ...(['waiting', 'approved'] as const).map((status) =>
        sample('matchbook_loads_waiting', { job, status }, waiting.filter((load) => load.status === status).length),
      ),
      ...(oldest === undefined
        ? []
        : [sample('matchbook_loads_waiting_oldest_seconds', { job }, seconds(oldest.since))]),
      sample(
        'matchbook_load_rows_rejected',
        { job },
        notThere.reduce((sum, { rejected }) => sum + rejected, 0),
      ),
      sample(
        'matchbook_loads_nothing_loaded',
        { job },
        notThere.filter(({ verdict }) => verdict === 'nothing-loaded').length,
      ),
    ]
  })
}

/** Each text once with how often it is there, in the order of the texts. */
function counted(texts: readonly string[]): [text: string, times: number][] {
  const counts = new Map<string, number>()
  for (const text of [...texts].sort()) counts.set(text, (counts.get(text) ?? 0) + 1)
  return [...counts]
}

/** A job that has judged nothing in that time has no rate. */
async function rates({ state, workspace }: Reading, now: string): Promise<Sample[]> {
  const since = new Date(Date.parse(now) - RATE_DAYS * 86_400_000).toISOString()
  const judged = await judgedInvoices(state.database, since)
  const samples: Sample[] = []
  for (const job of workspace.jobs.keys()) {
    const own = judged.filter((invoice) => invoice.job === job)
    if (own.length === 0) continue
    const exceptions = await listExceptions(state.database, { job })
    const questioned = new Set(exceptions.map(({ keys }) => keys.invoice))
    const share = (some: readonly unknown[]): string => (some.length / own.length).toFixed(6)
    const raised = own.filter(({ number }) => questioned.has(number))
    const firstPass = own.filter(({ number, outcome }) => outcome === 'clean' && !questioned.has(number))
    samples.push(
      sample('matchbook_invoices_judged', { job }, own.length),
      sample('matchbook_exception_rate', { job }, share(raised)),
      sample('matchbook_first_pass_match_rate', { job }, share(firstPass)),
    )
  }
  return samples
}
