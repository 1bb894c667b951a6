import { createHash } from 'node:crypto'
import { formatProblems, workspaceAsOf } from '../../config/index.js'
import { MatchbookError } from '../../errors/index.js'
import { settingsOf, showRun, tombstoneOf } from '../../state/index.js'
import { purgedWords } from '../files/purged-words.js'
import type { Tools } from '../tools.js'

/**
 * Tools by which a job judges as it did in that run. Endpoints, secrets and state stay those of today.
 * @throws RULES-NOT-KEPT, RULES-NOT-READABLE, STATE-CORRUPT
 */
export async function toolsByRulesOf(run: string | null, tools: Tools): Promise<Tools> {
  const kept = run === null ? [] : await settingsOf(tools.state.database, run)
  if (kept.length === 0) throw new MatchbookError('RULES-NOT-KEPT', await whyNotKept(run, tools))
  const changed = kept.find(({ text, sha256 }) => createHash('sha256').update(text).digest('hex') !== sha256)
  if (changed !== undefined) {
    throw new MatchbookError('STATE-CORRUPT', `${changed.name} as run ${run} had it is not what its hash says`)
  }
  const { workspace, problems } = workspaceAsOf(tools.workspace, kept)
  if (workspace === undefined) {
    throw new MatchbookError('RULES-NOT-READABLE', `the settings of run ${run}:\n${formatProblems(problems)}`, {
      facts: { run, problems: problems.length },
    })
  }
  return { ...tools, workspace }
}

async function whyNotKept(run: string | null, { state }: Tools): Promise<string> {
  if (run === null || (await showRun(state.database, run)) === undefined)
    return 'no run took it in: it was pulled by hand, and nothing was judged then'
  const gone = await tombstoneOf(state.database, 'settings', run)
  return gone === undefined
    ? `run ${run} is of before settings were kept`
    : `the settings of run ${run} were ${purgedWords(gone.purged_at, gone.purged_under)}`
}
