import type { JobSettings } from '../../config/index.js'
import { noteFailure } from '../notify/note-run.js'
import { type Pulled, pullDrops } from '../pull/pull-drops.js'
import { unwrapFiles } from '../pull/unwrap-files.js'
import { readDrops } from '../read/read-drops.js'
import { Run, type RunBegin } from '../run.js'
import type { ReadDocuments } from '../run-summary.js'
import { isCutOff } from '../runs/cut-off-run.js'
import type { Tools } from '../tools.js'
import { isOfShare, jobOfShare, type Share } from './shares-of-job.js'

/** What came of the taking in of one share. */
export interface TakenInShare {
  readonly run: string
  readonly job: string
  readonly share: number
  readonly of: number
  /** The partners or endpoints it is of. */
  readonly owners: readonly string[]
  readonly dryRun: boolean
  readonly drops: Pulled
  readonly documents: ReadDocuments
}

/**
 * Takes in the drops of one share and reads what came by them, as a run of its own: what the night of the whole job does first, so that it
 * finds it done. It judges nothing. Call it with the lease of the share, or of the job.
 */
export async function takeInShare(
  job: JobSettings,
  share: Share,
  asOf: string,
  dryRun: boolean,
  tools: Tools,
  begin: Omit<RunBegin, 'kind' | 'share'>,
): Promise<TakenInShare> {
  const own = jobOfShare(job, share)
  const run = await Run.begin(job, asOf, tools, { ...begin, kind: 'share', share: share.name })
  try {
    const drops = await run.step('pull', () => pullDrops(run, own, dryRun, tools))
    await run.step('unwrap', () => unwrapFiles(run, own, tools))
    const documents = await run.step('read', () => readDrops(run, own, tools, (file) => isOfShare(job, share, file)))
    await run.finish(drops.failures.length > 0 ? 'partial' : 'done', null, async () => {})
    return {
      run: run.id,
      job: job.job,
      share: share.number,
      of: share.of,
      owners: share.owners,
      dryRun,
      drops,
      documents,
    }
  } catch (error) {
    if (isCutOff(error)) throw error
    await run.fail(error, (database) => noteFailure(database, run, job, error, tools))
    throw error
  }
}
