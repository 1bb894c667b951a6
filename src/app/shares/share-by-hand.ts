import { type ExitCode, MatchbookError } from '../../errors/index.js'
import { openTools, type ToolOptions } from '../compose.js'
import { checkedDate, today } from '../given-day.js'
import { deliverQuietly } from '../notify/deliver.js'
import { exitOfFailures } from '../pull/pull-by-hand.js'
import { wantedJobs } from '../run-jobs.js'
import { runShare } from './run-share.js'
import type { TakenInShare } from './take-in-share.js'

export interface ShareRequest extends ToolOptions {
  readonly jobs: readonly string[]
  readonly share: number
  readonly asOf: string | undefined
}

export interface ShareOutcome {
  readonly shares: readonly TakenInShare[]
  readonly exit: ExitCode
}

/** Takes in one share of a job now. @throws USAGE unless one job is named that has it, JOB-UNKNOWN, RUN-CUT-OFF, RUN-ACTIVE */
export async function shareByHand(request: ShareRequest): Promise<ShareOutcome> {
  const tools = await openTools(request, 'run')
  try {
    const [job, ...others] = wantedJobs(request.jobs, tools)
    if (job === undefined || others.length > 0) throw new MatchbookError('USAGE', 'a share is of one job: name it')
    const asOf = request.asOf === undefined ? today(tools) : checkedDate(request.asOf)
    const taken = await runShare(job, request.share, asOf, request.dryRun, tools)
    return { shares: [taken], exit: exitOfShares([taken]) }
  } finally {
    if (!request.dryRun) await deliverQuietly(tools)
    await tools.close()
  }
}

/** The worst place that failed speaks. */
export const exitOfShares = (shares: readonly TakenInShare[]): ExitCode =>
  exitOfFailures(
    shares.flatMap(({ drops }) => drops.failures),
    shares.some(({ drops }) => drops.taken + drops.duplicates > 0),
  )
