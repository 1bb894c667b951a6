import { randomUUID } from 'node:crypto'
import type { Drop, JobInput, JobSettings } from '../../config/index.js'
import { ExitCode, errorCatalogue, MatchbookError } from '../../errors/index.js'
import { openTools, type ToolOptions } from '../compose.js'
import type { Failure } from '../run-summary.js'
import type { Tools } from '../tools.js'
import { dropsOf } from './drops-of.js'
import { type Pulled, pullDrops } from './pull-drops.js'

export interface PullRequest extends ToolOptions {
  /** A partner or an endpoint; without it every drop. */
  readonly from: string | undefined
}

export interface PulledByHand extends Pulled {
  readonly job: string
  /** Stands in the ledger where a run's id would. */
  readonly pull: string
}

export interface PullOutcome {
  readonly dryRun: boolean
  readonly jobs: readonly PulledByHand[]
  readonly exit: ExitCode
}

/**
 * Takes drops in and does no more: the next run of each job reads what has come.
 * @throws USAGE when no drop is of that partner or endpoint; RUN-ACTIVE
 */
export async function pullByHand(request: PullRequest): Promise<PullOutcome> {
  const tools = await openTools(request, 'run')
  try {
    const jobs: PulledByHand[] = []
    for (const job of jobsFrom(request.from, tools)) {
      const pull = `pull-${tools.now().replace(/[-:]|\.\d+/g, '')}-${randomUUID().slice(0, 4)}`
      const lease = await tools.takeLease(job.job)
      try {
        const { output } = await pullDrops({ id: pull, insists: true }, job, request.dryRun, tools)
        jobs.push({ job: job.job, pull, ...output })
      } finally {
        await lease.release()
      }
    }
    const isSomething = jobs.some(({ taken, duplicates }) => taken + duplicates > 0)
    const failures = jobs.flatMap((job) => job.failures)
    return { dryRun: request.dryRun, jobs, exit: exitOfFailures(failures, isSomething) }
  } finally {
    await tools.close()
  }
}

/** The jobs with those of their drops that are meant. */
function jobsFrom(from: string | undefined, { workspace }: Tools): JobSettings[] {
  const all = [...workspace.jobs.values()]
  if (from === undefined) return all
  const isMeant = (drop: Drop): boolean => drop.partner === from || drop.endpoint === from
  const some = all
    .map(({ decisions, ...job }) => ({
      ...job,
      ...(decisions?.from.some(isMeant) ? { decisions: { ...decisions, from: decisions.from.filter(isMeant) } } : {}),
      inputs: Object.fromEntries(
        Object.entries(job.inputs)
          .map(([name, input]): [string, JobInput] => [name, { ...input, from: input.from.filter(isMeant) }])
          .filter(([, input]) => input.from.length > 0),
      ),
    }))
    .filter((job) => dropsOf(job).length > 0)
  if (some.length > 0) return some
  const known = new Set(
    all.flatMap(dropsOf).flatMap(({ drop: { partner, endpoint } }) => [partner ?? endpoint, endpoint]),
  )
  throw new MatchbookError('USAGE', `no job takes anything from "${from}"`, {
    hint: `Partners and endpoints of the jobs' drops: ${[...known].join(', ')}`,
  })
}

/** The worst speaks, unless part of the work was done. */
export function exitOfFailures(failures: readonly Failure[], isSomethingDone: boolean): ExitCode {
  if (failures.length === 0) return ExitCode.done
  const exits: readonly ExitCode[] = failures.map(({ code }) => errorCatalogue[code].exit)
  if (exits.includes(ExitCode.refused)) return ExitCode.refused
  return isSomethingDone || !exits.includes(ExitCode.transportFailed) ? ExitCode.partial : ExitCode.transportFailed
}
