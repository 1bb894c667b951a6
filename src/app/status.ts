import { type AtRisk, atRisk, compare } from '../canonical/index.js'
import { type MatchException, unsettled } from '../exceptions/index.js'
import { circuitState } from '../exchange/index.js'
import { nextOccurrences } from '../schedule/index.js'
import {
  allCircuits,
  type LineageBacklog,
  lineageBacklog,
  listExceptions,
  listRuns,
  loadsOfJob,
  quarantinedFiles,
  waitingOutbox,
} from '../state/index.js'
import { circuitRules } from './endpoint-health.js'
import { loadsNotThere } from './loads/loads-not-there.js'
import { loadsWaiting } from './loads/loads-waiting.js'
import { type NotificationTrouble, notificationTrouble } from './notify/list.js'
import { leftAtSources } from './pull/drops-of.js'
import type { Reading } from './reading.js'
import type { Failure, LoadNotThere, QueueBacklog, RunSummary, WaitingLoad } from './run-summary.js'
import { dueNow } from './scheduling/due-now.js'
import { type LateArrival, lateArrivals } from './scheduling/late-arrivals.js'
import { scheduledJobs } from './scheduling/scheduled-jobs.js'
import { type WorkAndWorkers, workAndWorkers } from './scheduling/work.js'
import { partsOf } from './shares/shares-of-job.js'

export interface WorkspaceStatus extends WorkAndWorkers, AtRisk {
  readonly organisation: string
  readonly profile: string
  readonly currency: string
  /** Zone of the workspace, for people; instants are UTC. */
  readonly timezone: string
  readonly jobs: readonly {
    readonly job: string
    readonly title: string
    readonly lastRun: {
      readonly id: string
      readonly status: string
      readonly startedAt: string
      readonly finishedAt: string | null
      /** Why it failed; null of one that did not. */
      readonly error: string | null
      /** What it could not reach or do, though the rest of it went on. */
      readonly failures: readonly Failure[]
    } | null
    readonly loads: number
    /** Null for a job that runs only by hand. Instants are ISO, UTC. */
    readonly schedule: {
      /** Null where none is to come within a year and a half. */
      readonly next: string | null
      /** Has come and is not done; null when nothing is owed. */
      readonly due: {
        readonly scheduledFor: string
        readonly waitsFor: readonly string[]
        readonly isLate: boolean
      } | null
    } | null
    /** Of an occurrence that is done in shares just now; null where none is. */
    readonly shares: {
      readonly of: number
      /** Names of those that have not been taken in, and of those whose run failed. */
      readonly left: readonly string[]
      readonly failed: readonly string[]
    } | null
  }[]
  readonly queues: readonly QueueBacklog[]
  readonly open: number
  /** Loads that somebody has to approve or apply before they go out, oldest first. */
  readonly loadsWaiting: readonly WaitingLoad[]
  /** Loads that were sent, and of which the ERP has a part or nothing. */
  readonly loadsNotThere: readonly LoadNotThere[]
  readonly outbox: readonly {
    readonly name: string
    readonly endpoint: string
    readonly queuedAt: string
    readonly attempts: number
    readonly lastError: string | null
  }[]
  /** What people are told: how many messages wait, and those that could not be delivered, the newest first. */
  readonly notifications: NotificationTrouble
  /** Events of OpenLineage that its server has not taken. */
  readonly lineage: LineageBacklog
  /** Endpoints that the last run to ask found down, longest first. */
  readonly down: readonly {
    readonly endpoint: string
    readonly since: string
    /** Runs in a row that found it so. */
    readonly runs: number
    /** Left alone until then; null when the next run asks. */
    readonly openUntil: string | null
    readonly code: string
    readonly message: string
  }[]
  /** Drops that have not brought by its time what was expected of them. */
  readonly awaited: readonly LateArrival[]
  /** Files that could not be processed and wait for a person. */
  readonly quarantined: number
  /** What the last runs left at its source, longest first. */
  readonly notTaken: readonly {
    readonly name: string
    readonly job: string
    readonly endpoint: string
    readonly folder: string
    readonly since: string
    readonly reason: string
  }[]
}

export async function status(reading: Reading): Promise<WorkspaceStatus> {
  const { workspace, state, now } = reading
  const { database } = state
  const open = await listExceptions(database, { statuses: unsettled })
  const waiting = await waitingOutbox(database)
  const due = await dueNow(workspace, database, now())
  const scheduled = new Map(scheduledJobs(workspace).map((one) => [one.job, one]))
  const scheduleOf = (job: string) => {
    const one = scheduled.get(job)
    if (one === undefined) return null
    const owes = due.jobs.find((owed) => owed.job === job && !owed.isBegun)
    return {
      next: nextOccurrences(one, new Date(now()), 1)[0]?.scheduledFor ?? null,
      due:
        owes === undefined ? null : { scheduledFor: owes.scheduledFor, waitsFor: owes.waitsFor, isLate: owes.isLate },
    }
  }
  const sharesDue = (job: string) => {
    const pieces = due.jobs.filter((one) => one.job === job)
    const left = pieces.filter(({ share }) => share !== undefined).map(({ piece }) => piece)
    const failed = pieces.flatMap(({ waitsFor }) => waitsFor.filter((name) => partsOf(name).job === job))
    return left.length + failed.length === 0 ? null : { of: workspace.jobs.get(job)?.shares?.of ?? 0, left, failed }
  }
  const jobs = await Promise.all(
    [...workspace.jobs.values()].map(async ({ job, title }) => {
      const [last] = await listRuns(database, 1, job)
      const lastRun =
        last === undefined
          ? null
          : {
              id: last.id,
              status: last.status,
              startedAt: last.started_at,
              finishedAt: last.finished_at,
              error: last.error,
              failures: (JSON.parse(last.summary ?? 'null') as RunSummary | null)?.failures ?? [],
            }
      const loads = (await loadsOfJob(database, job)).length
      return { job, title, lastRun, loads, schedule: scheduleOf(job), shares: sharesDue(job) }
    }),
  )
  return {
    organisation: workspace.settings.workspace,
    profile: workspace.settings.profile,
    currency: workspace.settings.currency,
    timezone: workspace.settings.timezone,
    jobs,
    ...(await workAndWorkers(state)),
    queues: backlog(open, workspace.settings, now()),
    open: open.length,
    ...atRisk(open, workspace.settings.currency),
    loadsWaiting: await loadsWaiting(database, workspace),
    loadsNotThere: await loadsNotThere(reading),
    outbox: waiting.map((item) => ({
      name: item.name,
      endpoint: item.endpoint,
      queuedAt: item.queued_at,
      attempts: item.attempts,
      lastError: item.last_error,
    })),
    notifications: await notificationTrouble(database),
    lineage: await lineageBacklog(database),
    down: (await allCircuits(database)).map(({ endpoint, since, failures, open_until, code, message }) => ({
      endpoint,
      since,
      runs: failures,
      openUntil:
        circuitState({ openUntil: open_until }, circuitRules(endpoint, { workspace }), now()) === 'open'
          ? open_until
          : null,
      code,
      message,
    })),
    awaited: await lateArrivals(workspace, workspace.jobs.values(), database, now()),
    quarantined: (await quarantinedFiles(database)).reduce((sum, { files }) => sum + files, 0),
    notTaken: (await leftAtSources(database, workspace.jobs.values())).map(
      ({ name, job, endpoint, folder, since, reason }) => ({
        name,
        job,
        endpoint,
        folder,
        since,
        reason,
      }),
    ),
  }
}

/** Open exceptions by queue, most money first. */
export function backlog(
  open: readonly MatchException[],
  {
    queues,
    currency,
  }: { readonly queues: Readonly<Record<string, { readonly owner: string }>>; readonly currency: string },
  now: string,
): QueueBacklog[] {
  const names = [...new Set(open.map(({ queue }) => queue))]
  return names
    .map((queue) => {
      const own = open.filter((exception) => exception.queue === queue)
      return {
        queue,
        owner: queues[queue]?.owner ?? 'nobody yet',
        open: own.length,
        critical: own.filter(({ severity }) => severity === 'critical').length,
        overdue: own.filter(({ dueAt }) => dueAt !== null && Date.parse(dueAt) < Date.parse(now)).length,
        ...atRisk(own, currency),
      }
    })
    .sort((a, b) => compare(b.amountAtRisk, a.amountAtRisk) || (a.queue < b.queue ? -1 : 1))
}
