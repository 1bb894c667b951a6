import { MatchbookError } from '../../errors/index.js'
import { listRuns, type RunRow, type StateDatabase } from '../../state/index.js'

/** The job's last run. */
export const lastRun = async (database: StateDatabase, job: string): Promise<RunRow | undefined> =>
  (await listRuns(database, 1, job))[0]

/** The run has not failed: it is gone on with when store and archive answer again, or where it was taken over. */
export const isCutOff = (error: unknown): boolean =>
  error instanceof MatchbookError && ['STATE-UNREACHABLE', 'ARCHIVE-UNREACHABLE', 'LEASE-LOST'].includes(error.code)

/** A night that was cut off has drops to finish first. Call it with the lease of the job. @throws RUN-CUT-OFF */
export async function assertNoneCutOff(database: StateDatabase, job: string): Promise<void> {
  const last = await lastRun(database, job)
  if (last?.status !== 'running' || last.kind !== 'night') return
  throw new MatchbookError('RUN-CUT-OFF', `run ${last.id} of ${job} was cut off`, {
    hint: `Go on with it first: matchbook retry ${last.id}`,
    facts: { run: last.id },
  })
}
