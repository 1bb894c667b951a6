import type { JobSettings } from '../../config/index.js'
import type { RunBegin } from '../run.js'
import { lastRun } from '../runs/cut-off-run.js'
import type { Tools } from '../tools.js'
import { sharesOf } from './shares-of-job.js'
import { takeInShare } from './take-in-share.js'

/**
 * The shares of a night that is run by hand, one after the other; those of an occurrence have been done by then, each as a piece of work.
 * A night that was cut off is gone on with as it is: what has come since is for the next. Call it with the lease of the job.
 * @returns what the night's own run begins with
 */
export async function takeInBefore(
  job: JobSettings,
  asOf: string,
  dryRun: boolean,
  tools: Tools,
  { kind, occurrence, resume }: RunBegin,
): Promise<Pick<RunBegin, 'night'>> {
  if (job.shares === undefined || kind !== 'night') return {}
  const night = nightOf(job, occurrence?.scheduledFor ?? tools.now())
  if (occurrence !== undefined || resume !== undefined) return { night }
  const last = await lastRun(tools.state.database, job.job)
  if (last?.status === 'running' && last.kind === 'night') return { night }
  for (const share of sharesOf(job)) await takeInShare(job, share, asOf, dryRun, tools, { night })
  return { night }
}

/** What the shares of one night have in common. */
export const nightOf = ({ job }: JobSettings, instant: string): string => `${job} of ${instant}`
