import type { WorkspaceSettings } from '../../config/index.js'
import { ExitCode, MatchbookError } from '../../errors/index.js'
import { openTools, type ToolOptions } from '../compose.js'
import { metricsAfterRun } from '../metrics/write-metrics.js'
import { deliverQuietly } from '../notify/deliver.js'
import { exitOfFailures } from '../pull-by-hand.js'
import { purgeAfterNight } from '../purge.js'
import { runJob } from '../run-job.js'
import { exitOf, wantedJobs } from '../run-jobs.js'
import type { Failure, RunSummary } from '../run-summary.js'
import type { Tools } from '../tools.js'
import type { DueJob } from './due-now.js'
import { owedNow } from './owed-now.js'

export interface RunDueRequest extends Omit<ToolOptions, 'dryRun'> {
  /** Only these; none: every job that has a schedule. */
  readonly jobs: readonly string[]
  readonly failOn: WorkspaceSettings['fail-on'] | undefined
}

export interface RunDueOutcome {
  readonly runs: readonly RunSummary[]
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
    const failures: Failure[] = []
    const active = new Map<string, string>()
    for (;;) {
      const owed = await owedNow(tools.workspace, tools.state.database, now, tools.log)
      const due = owed.filter(({ job }) => wanted?.has(job) ?? true)
      const next = due.find(({ job, waitsFor }) => waitsFor.length === 0 && !active.has(job))
      if (next === undefined) {
        const left = due.map((one) => ({ ...keyOf(one), because: active.get(one.job) ?? waiting(one) }))
        const exit = await exitOfDue(runs, failures, request, tools)
        if (runs.length > 0) await purgeAfterNight(tools)
        return { runs, failures, left, exit }
      }
      const outcome = await runOne(next, tools)
      await metricsAfterRun(tools)
      if (outcome === undefined) continue
      if ('run' in outcome) runs.push(outcome)
      else if (outcome.code === 'RUN-ACTIVE') active.set(next.job, 'it is running already')
      else failures.push(outcome)
    }
  } finally {
    await deliverQuietly(tools)
    await tools.close()
  }
}

const keyOf = ({ job, scheduledFor }: DueJob) => ({ job, scheduledFor })
const waiting = ({ waitsFor }: DueJob): string => `it waits for ${waitsFor.join(', ')}`

/** Undefined: someone else took the occurrence meanwhile. */
async function runOne(
  { job: name, day, scheduledFor }: DueJob,
  tools: Tools,
): Promise<RunSummary | Failure | undefined> {
  const job = tools.workspace.jobs.get(name)
  if (job === undefined) return undefined
  try {
    return await runJob(job, day, false, tools, { kind: 'night', occurrence: { scheduledFor, day } })
  } catch (error) {
    if (!(error instanceof MatchbookError)) throw error
    if (error.code === 'OCCURRENCE-TAKEN') return undefined
    tools.log.error({ job: name, scheduledFor, code: error.code }, error.message)
    return { subject: name, code: error.code, message: error.message, hint: error.hint }
  }
}

async function exitOfDue(
  runs: readonly RunSummary[],
  failures: readonly Failure[],
  { failOn }: RunDueRequest,
  tools: Tools,
): Promise<ExitCode> {
  const exit = await exitOf(runs, failOn ?? tools.workspace.settings['fail-on'], tools)
  if (failures.length === 0) return exit
  return runs.length > 0 ? ExitCode.partial : exitOfFailures(failures, false)
}
