import type { JobSettings } from '../../config/index.js'
import { MatchbookError } from '../../errors/index.js'
import type { OccurrenceKey } from '../../state/index.js'
import { toolsByApprovals } from '../contracts/approved-contracts.js'
import { assertNoneCutOff } from '../runs/cut-off-run.js'
import type { Tools } from '../tools.js'
import { type Share, sharesOf } from './shares-of-job.js'
import { nightOf } from './take-in-before.js'
import { type TakenInShare, takeInShare } from './take-in-share.js'

/**
 * Takes in one share of a job; the next night of the job judges what has come. Others may do other shares meanwhile.
 * @throws USAGE when the job has no such share, RUN-CUT-OFF when a night of it is to be gone on with first, RUN-ACTIVE
 */
export async function runShare(
  job: JobSettings,
  number: number,
  asOf: string,
  dryRun: boolean,
  given: Tools,
  occurrence?: OccurrenceKey,
): Promise<TakenInShare> {
  const share = shareNumbered(job, number)
  const lease = await given.takeLease(share.name)
  try {
    await assertNoneCutOff(given.state.database, job.job)
    const tools = await toolsByApprovals(job, given)
    const night = nightOf(job, occurrence?.scheduledFor ?? tools.now())
    return await takeInShare(job, share, asOf, dryRun, tools, {
      night,
      ...(occurrence === undefined ? {} : { occurrence }),
    })
  } finally {
    await lease.release()
  }
}

/** @throws USAGE */
function shareNumbered(job: JobSettings, number: number): Share {
  const shares = sharesOf(job)
  const share = shares.find((one) => one.number === number)
  if (share !== undefined) return share
  throw new MatchbookError(
    'USAGE',
    shares.length === 0
      ? `${job.job} is not done in shares`
      : `${job.job} has no share ${number}: it has ${shares.length}`,
    { hint: 'jobs/*.yaml says so: shares: { by: partner, of: 8 }' },
  )
}
