import type { WorkspaceSettings } from '../../config/index.js'
import { ExitCode, MatchbookError } from '../../errors/index.js'
import { openTools, type ToolOptions } from '../compose.js'
import { metricsAfterRun } from '../metrics/write-metrics.js'
import { deliverQuietly } from '../notify/deliver.js'
import { exitOfFailures } from '../pull/pull-by-hand.js'
import { purgeAfterNight } from '../retention/purge.js'
import { runJob } from '../run-job.js'
import { exitOf, wantedJobs } from '../run-jobs.js'
import type { Failure, RunSummary } from '../run-summary.js'
import { runShare } from '../shares/run-share.js'
import { exitOfShares } from '../shares/share-by-hand.js'
import type { TakenInShare } from '../shares/take-in-share.js'
import type { Tools } from '../tools.js'
import type { DueJob } from './due-job.js'
import { owedNow } from './owed-now.js'

export interface RunDueRequest extends Omit<ToolOptions, 'dryRun'> {
  /** Only these; none: every job that has a schedule. */
  readonly jobs: readonly string[]
  /** Only this share of the one job that is named. */
  readonly share?: number | undefined
  readonly failOn: WorkspaceSettings['fail-on'] | undefined
}

export interface RunDueOutcome {
  readonly runs: readonly RunSummary[]
  /** Shares that were taken in. */
  readonly shares: readonly TakenInShare[]
  /** Jobs whose run failed; the others went on. */
  readonly failures: readonly Failure[]
  /** Due, and left: running elsewhere, or waiting for another job. */
  readonly left: readonly { readonly job: string; readonly scheduledFor: string; readonly because: string }[]
  readonly exit: ExitCode
}

/**
 * Runs what the schedule owes at the time of the call, one after the other by priority; a job that waits for another comes after it.
 * Safe beside a daemon, cron and other people: the store gives each occurrence to one of them.
 */
export async function runDue(request: RunDueRequest): Promise<RunDueOutcome> {
  const tools = await openTools({ ...request, dryRun: false }, 'run')
  try {
    const wanted =
      request.jobs.length === 0 ? undefined : new Set(wantedJobs(request.jobs, tools).map(({ job }) => job))
    // What falls due while it works is for the next call: it comes to an end.
    const now = tools.now()
    const runs: RunSummary[] = []
    const shares: TakenInShare[] = []
    const failures: Failure[] = []
    const active = new Map<string, string>()
    for (;;) {
      const owed = await owedNow(tools.workspace, tools.state.database, now, tools.log)
      const due = owed.filter(
        ({ job, share }) => (wanted?.has(job) ?? true) && (request.share === undefined || request.share === share),
      )
      const next = due.find(({ piece, waitsFor }) => waitsFor.length === 0 && !active.has(piece))
      if (next === undefined) {
        const left = due.map((one) => ({ ...keyOf(one), because: active.get(one.piece) ?? waiting(one) }))
        const exit = await exitOfDue({ runs, shares, failures }, request, tools)
        if (runs.length > 0) await purgeAfterNight(tools)
        return { runs, shares, failures, left, exit }
      }
      const outcome = await runOne(next, tools)
      if (outcome === undefined || !('share' in outcome)) await metricsAfterRun(tools)
      if (outcome === undefined) continue
      if ('share' in outcome) shares.push(outcome)
      else if ('run' in outcome) runs.push(outcome)
      else if (outcome.code === 'RUN-ACTIVE') active.set(next.piece, 'it is running already')
      else {
        failures.push(outcome)
        // What failed before it had begun is due as before: it is for a person, and not tried again and again.
        active.set(next.piece, `it failed: ${outcome.code}`)
      }
    }
  } finally {
    await deliverQuietly(tools)
    await tools.close()
  }
}

const keyOf = ({ piece, scheduledFor }: DueJob) => ({ job: piece, scheduledFor })
const waiting = ({ waitsFor }: DueJob): string => `it waits for ${waitsFor.join(', ')}`

/** Undefined: someone else took the occurrence meanwhile. */
async function runOne(
  { job: name, piece, share, day, scheduledFor }: DueJob,
  tools: Tools,
): Promise<RunSummary | TakenInShare | Failure | undefined> {
  const job = tools.workspace.jobs.get(name)
  if (job === undefined) return undefined
  try {
    if (share !== undefined) return await runShare(job, share, day, false, tools, { scheduledFor, day })
    return await runJob(job, day, false, tools, { kind: 'night', occurrence: { scheduledFor, day } })
  } catch (error) {
    if (!(error instanceof MatchbookError)) throw error
    if (error.code === 'OCCURRENCE-TAKEN') return undefined
    tools.log.error({ job: piece, scheduledFor, code: error.code }, error.message)
    return { subject: piece, code: error.code, message: error.message, hint: error.hint }
  }
}

async function exitOfDue(
  { runs, shares, failures }: Pick<RunDueOutcome, 'runs' | 'shares' | 'failures'>,
  { failOn }: RunDueRequest,
  tools: Tools,
): Promise<ExitCode> {
  if (runs.length === 0 && failures.length === 0) return exitOfShares(shares)
  const exit = await exitOf(runs, failOn ?? tools.workspace.settings['fail-on'], tools)
  if (failures.length === 0) return exit
  return runs.length + shares.length > 0 ? ExitCode.partial : exitOfFailures(failures, false)
}
