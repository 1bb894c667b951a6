import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { JobSettings } from '../../config/index.js'
import { MatchbookError } from '../../errors/index.js'
import { matcherOf } from '../../match/index.js'
import { packTexts } from '../../outputs/evidence/index.js'
import { placeFile } from '../../outputs/place-file.js'
import { zipOf } from '../../outputs/zip-of.js'
import { appendAudit, listPacks, packOf, queueOutbox, resultRows, type StoredRow, savePack } from '../../state/index.js'
import { dayOf } from '../given-day.js'
import { wrapForSending } from '../push/wrap-for-sending.js'
import type { Run, StepResult } from '../run.js'
import type { Tools } from '../tools.js'
import { gatherPack, type PackPeriod } from './gather-pack.js'
import type { MadePack } from './made-pack.js'
import { spanOf } from './period-span.js'

export type EvidenceJob = Extract<JobSettings, { matcher: 'compliance-evidence' }>

/**
 * Makes the pack of the period that the run has judged, once: it lies in the state folder, is booked with its place in the audit chain, and
 * goes where the job says. Made again after a crash it has the same bytes.
 */
export async function makePack(run: Run, job: EvidenceJob, tools: Tools): Promise<StepResult<MadePack>> {
  const { database } = tools.state
  const judged = await judgedBy(run.id, job, tools)
  const period = periodOf(judged)
  if (period === undefined) return nothing('', 'no pack: nothing was judged')
  const there = await packOf(database, job.job, period.name)
  if (there !== undefined) {
    const { file, sha256, made_at } = there
    return {
      output: { period: period.name, state: 'there', file: path.join(tools.folder, file), sha256, gaps: [] },
      said: `the pack of ${period.name} was made on ${dayOf(made_at, tools)}`,
    }
  }
  const { until } = spanOf(period.firstDay, period.lastDay, tools.workspace.settings.timezone)
  const now = tools.now()
  if (until > now) return nothing(period.name, `no pack: ${period.name} is not over`)
  const file = path.join('evidence', `${job.pack.name}-${period.name}.zip`)
  await assertOurs(file, job, tools)
  const pack = await gatherPack(job, period, judged, tools)
  const { texts, files } = packTexts(pack)
  const bytes = await zipOf(texts)
  const placed = await placeFile(path.join(tools.folder, file), (part) => writeFile(part, bytes, { flag: 'wx' }))
  const to = job.pack['send-to']
  const sent = to === undefined ? undefined : await wrapForSending(placed, path.basename(file), to.wrap, tools)
  const { sha256, size } = placed
  const { opening, closing } = pack.chain
  return {
    output: { period: period.name, state: 'made', file: placed.path, sha256, gaps: pack.gaps },
    said: `the pack of ${period.name}: ${files.length} files, ${pack.chain.entries} entries of the audit chain${pack.gaps.length === 0 ? '' : `; ${pack.gaps.length} things are missing in it`}`,
    commit: async (transaction) => {
      await savePack(transaction, {
        job: job.job,
        period: period.name,
        first_day: period.firstDay,
        last_day: period.lastDay,
        opening_sequence: opening.sequence,
        opening_hash: opening.hash,
        closing_sequence: closing.sequence,
        closing_hash: closing.hash,
        run_id: run.id,
        made_at: now,
        file,
        sha256,
        size,
        contents: JSON.stringify(Object.fromEntries(files.map((one) => [one.name, one.sha256]))),
        judged: JSON.stringify(judged),
      })
      if (to !== undefined && sent !== undefined) {
        const place = { endpoint: to.endpoint, folder: to.folder, ...sent }
        const key = `evidence ${job.job} ${period.name}`
        await queueOutbox(transaction, { ...place, idempotency_key: key, load_id: null }, now)
      }
      await appendAudit(transaction, {
        at: now,
        actor: `run ${run.id}`,
        action: 'evidence pack made',
        subject: `${job.job} ${period.name}`,
        detail: { sha256, files: files.length, entries: pack.chain.entries, closing, gaps: pack.gaps.length },
      })
    },
  }
}

/** Two jobs whose packs have one name would write over each other. @throws WORKSPACE-INVALID */
async function assertOurs(file: string, job: EvidenceJob, { state }: Tools): Promise<void> {
  const other = (await listPacks(state.database)).find((pack) => pack.file === file && pack.job !== job.job)
  if (other === undefined) return
  throw new MatchbookError(
    'WORKSPACE-INVALID',
    `${other.job} has made ${path.basename(file)}: give the packs of ${job.job} another name (pack.name)`,
  )
}

const nothing = (period: string, said: string): StepResult<MadePack> => ({
  output: { period, state: 'none', file: null, sha256: null, gaps: [] },
  said,
})

async function judgedBy(
  runId: string,
  job: EvidenceJob,
  { state }: Tools,
): Promise<Record<string, readonly StoredRow[]>> {
  const judged: Record<string, StoredRow[]> = {}
  for (const { name } of matcherOf(job.matcher).tables) {
    const rows: StoredRow[] = []
    for await (const row of resultRows(state.database, runId, name)) rows.push(row)
    judged[name] = rows
  }
  return judged
}

/** The rules say which period they judged. */
function periodOf(judged: Readonly<Record<string, readonly StoredRow[]>>): PackPeriod | undefined {
  const [row] = judged.period_summary ?? []
  if (row === undefined) return undefined
  return { name: String(row.period), firstDay: String(row.first_day), lastDay: String(row.last_day) }
}
