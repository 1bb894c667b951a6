import type { JobSettings } from '../../config/index.js'
import { MatchbookError } from '../../errors/index.js'
import { findFiles, type RunRow, rewindDocuments, rewindFiles, tombstoneOf } from '../../state/index.js'
import { assertKept, purgedWords } from '../files/purged-words.js'
import { toolsByRulesOf } from '../replay/rules-of-run.js'
import type { RunSummary } from '../run-summary.js'
import type { Tools } from '../tools.js'
import { sharedInputs } from '../workspace/shared-inputs.js'

/** A night that can be judged again: the copy of the store is as it was before it. */
export interface PastNight {
  readonly night: RunRow
  readonly job: JobSettings
  readonly summary: RunSummary
  /** By the settings of the night, at its time. */
  readonly tools: Tools
}

/**
 * Puts the copy of the store back to a night.
 * @returns why it cannot be judged again, in words, where something of it was purged
 */
export async function goBackTo(night: RunRow, tools: Tools): Promise<PastNight | string> {
  const { database } = tools.state
  const summary = await summaryOf(night, tools)
  if (typeof summary === 'string') return summary
  if (summary.outcomes === null) return 'nothing was judged: an extract was missing'
  try {
    const judging = await toolsByRulesOf(night.id, tools)
    const job = judging.workspace.jobs.get(night.job)
    if (job === undefined) return `the job ${night.job} is not among its settings`
    await readTheSame(job, summary, judging)
    const then = await rewindDocuments(database, {
      id: night.id,
      startedAt: night.started_at,
      judgedAt: night.finished_at ?? night.started_at,
    })
    if (then.purged > 0 && job.matcher === 'three-way') return `${then.purged} of its invoices were purged`
    return { night, job, summary, tools: { ...judging, now: () => night.finished_at ?? night.started_at } }
  } catch (error) {
    if (error instanceof MatchbookError && error.code !== 'STATE-CORRUPT') return error.message
    throw error
  }
}

async function summaryOf(night: RunRow, { state }: Tools): Promise<RunSummary | string> {
  if (night.summary !== null) return JSON.parse(night.summary) as RunSummary
  const stone = await tombstoneOf(state.database, 'logs', night.id)
  return stone === undefined
    ? 'it left no summary'
    : `what it read was ${purgedWords(stone.purged_at, stone.purged_under)}`
}

/** Of each input the very files that the night used. @throws FILE-PURGED, ARCHIVE-MISSING */
async function readTheSame(
  job: JobSettings,
  { extracts }: RunSummary,
  { state, archive, workspace }: Tools,
): Promise<void> {
  const used = new Map<string, string[]>()
  for (const { input, sha256 } of extracts) used.set(input, [...(used.get(input) ?? []), sha256])
  for (const [input, { kind }] of Object.entries(job.inputs)) {
    if (kind !== 'extract') continue
    const inputs = sharedInputs(job, input, workspace)
    const hashes = used.get(input) ?? []
    for (const sha256 of hashes) {
      const files = await findFiles(state.database, sha256)
      const [file] = files
      if (file !== undefined && files.every(({ purged_at }) => purged_at !== null)) assertKept(file)
      await archive.path(sha256)
    }
    await rewindFiles(state.database, inputs, hashes)
  }
}
