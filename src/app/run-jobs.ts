import type { JobSettings, WorkspaceSettings } from '../config/index.js'
import { type ErrorCode, ExitCode, errorCatalogue, MatchbookError } from '../errors/index.js'
import type { Severity } from '../exceptions/index.js'
import { unsettled } from '../exceptions/index.js'
import { listExceptions } from '../state/index.js'
import { openTools, type ToolOptions } from './compose.js'
import { checkedDate, today } from './given-day.js'
import { metricsAfterRun } from './metrics/write-metrics.js'
import { deliverQuietly } from './notify/deliver.js'
import { type PurgeOutcome, purgeAfterNight } from './retention/purge.js'
import { runJob } from './run-job.js'
import type { RunSummary } from './run-summary.js'
import type { Tools } from './tools.js'

export interface RunRequest extends ToolOptions {
  readonly jobs: readonly string[]
  readonly all: boolean
  readonly asOf: string | undefined
  readonly failOn: WorkspaceSettings['fail-on'] | undefined
}

export interface RunOutcome {
  readonly runs: readonly RunSummary[]
  /** What the retention settings removed afterwards; absent where none are set. */
  readonly purged?: PurgeOutcome
  readonly exit: ExitCode
}

/** Runs the jobs one after the other on the same tools. @throws JOB-UNKNOWN, USAGE, RUN-ACTIVE */
export async function runJobs(request: RunRequest): Promise<RunOutcome> {
  const tools = await openTools(request, 'run')
  try {
    const jobs = wanted(request, tools)
    const asOf = request.asOf === undefined ? today(tools) : checkedDate(request.asOf)
    const runs: RunSummary[] = []
    for (const job of jobs) {
      runs.push(await runJob(job, asOf, request.dryRun, tools))
      if (!request.dryRun) await metricsAfterRun(tools)
    }
    const failOn = request.failOn ?? tools.workspace.settings['fail-on']
    const exit = await exitOf(runs, failOn, tools)
    const purged = request.dryRun ? undefined : await purgeAfterNight(tools)
    return { runs, exit, ...(purged === undefined ? {} : { purged }) }
  } finally {
    // Also of the run that failed just now.
    if (!request.dryRun) await deliverQuietly(tools)
    await tools.close()
  }
}

function wanted({ jobs, all }: RunRequest, tools: Tools): JobSettings[] {
  const { workspace } = tools
  if (all) return [...workspace.jobs.values()]
  if (jobs.length === 0) {
    throw new MatchbookError('USAGE', 'which job? Name one or more, or say --all', {
      hint: `Jobs of this workspace: ${[...workspace.jobs.keys()].join(', ')}`,
    })
  }
  return wantedJobs(jobs, tools)
}

/** @throws JOB-UNKNOWN */
export const wantedJobs = (names: readonly string[], { workspace }: Pick<Tools, 'workspace'>): JobSettings[] =>
  names.map((name) => {
    const job = workspace.jobs.get(name)
    if (job !== undefined) return job
    throw new MatchbookError('JOB-UNKNOWN', `this workspace has no job "${name}"`, {
      hint: `Jobs of this workspace: ${[...workspace.jobs.keys()].join(', ')}`,
    })
  })

/** The worst that happened speaks: refused, then transport, then partial, then open exceptions. */
export async function exitOf(
  runs: readonly RunSummary[],
  failOn: WorkspaceSettings['fail-on'],
  tools: Tools,
): Promise<ExitCode> {
  const codes = runs.flatMap(({ failures }) => failures.map(({ code }) => errorCatalogue[code as ErrorCode].exit))
  const worst = [ExitCode.refused, ExitCode.transportFailed, ExitCode.partial].find((exit) =>
    (codes as number[]).includes(exit),
  )
  // Where part of the night went well, the exit code says that part of it did not.
  if (worst !== undefined)
    return runs.some(({ files, invoices }) => files.taken > 0 || invoices !== null) && worst !== ExitCode.refused
      ? ExitCode.partial
      : worst
  if (runs.some(({ files }) => files.quarantined > 0)) return ExitCode.partial
  return (await openCount(runs, failOn, tools)) > 0 ? ExitCode.openExceptions : ExitCode.done
}

const counting: Readonly<Record<WorkspaceSettings['fail-on'], readonly Severity[]>> = {
  any: ['info', 'warning', 'error', 'critical'],
  error: ['error', 'critical'],
  critical: ['critical'],
  none: [],
}

async function openCount(
  runs: readonly RunSummary[],
  failOn: WorkspaceSettings['fail-on'],
  tools: Tools,
): Promise<number> {
  if (failOn === 'none') return 0
  const jobs = new Set(runs.map(({ job }) => job))
  const open = await listExceptions(tools.state.database, { statuses: unsettled })
  return open.filter(({ job, severity }) => jobs.has(job) && counting[failOn].includes(severity)).length
}
