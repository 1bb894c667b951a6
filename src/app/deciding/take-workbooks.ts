import path from 'node:path'
import { type Finding, ZERO } from '../../canonical/index.js'
import type { JobSettings } from '../../config/index.js'
import { MatchbookError } from '../../errors/index.js'
import {
  type FileRow,
  filesOf,
  queuedAmong,
  queueOutbox,
  type StateDatabase,
  saveFileFindings,
  setDisposition,
} from '../../state/index.js'
import { today } from '../given-day.js'
import { DECISIONS_INPUT } from '../pull/drops-of.js'
import { decidersOf } from '../roles/deciders-of.js'
import type { Run, StepResult } from '../run.js'
import type { Tools } from '../tools.js'
import { type ImportDetail, importWorkbook } from './import-workbook.js'
import { countsText, returnedCopy, returnedFile } from './returned-copy.js'

export interface TakenWorkbooks {
  readonly workbooks: number
  readonly refusedRows: number
}

/**
 * Takes the decisions of the workbooks that lie in the job's drops for them. Each is one transaction: its decisions, the ledger, and
 * the copy that goes back. A workbook that is none goes into quarantine with its reason.
 */
export async function takeWorkbooks(_run: Run, job: JobSettings, tools: Tools): Promise<StepResult<TakenWorkbooks>> {
  const files =
    job.decisions === undefined ? [] : await filesOf(tools.state.database, job.job, [DECISIONS_INPUT], ['taken'])
  const details: ImportDetail[] = []
  for (const file of files) {
    const detail = await takeWorkbook(file, job, tools)
    if (detail !== undefined) details.push(detail)
  }
  const words = details.map(({ imported }) => `${imported.name}: ${countsText(imported.counts)}`)
  return {
    output: {
      workbooks: files.length,
      refusedRows: details.reduce((sum, { imported }) => sum + imported.counts.refused, 0),
    },
    said: files.length === 0 ? 'no workbook to take' : words.join('; ') || 'no workbook could be taken',
  }
}

async function takeWorkbook(file: FileRow, job: JobSettings, tools: Tools): Promise<ImportDetail | undefined> {
  const { database } = tools.state
  const { settings } = tools.workspace
  const deciders = decidersOf(tools.workspace)
  const applying = { deciders, settings, now: tools.now(), today: today(tools), job: job.job }
  const allOrNothing = job.decisions?.['all-or-nothing'] ?? false
  try {
    const archived = await tools.archive.path(file.sha256, file)
    const detail = await importWorkbook(database, archived, { name: file.name }, applying, {
      allOrNothing,
      alongside: (transaction, done) => settle(transaction, file, done, job, tools),
    })
    // What was rolled back is settled by itself: nothing of it is in the store.
    if (!detail.imported.applied || detail.imported.repeated)
      await database.transaction().execute((transaction) => settle(transaction, file, detail, job, tools))
    return detail
  } catch (error) {
    if (!(error instanceof MatchbookError) || error.code !== 'WORKBOOK-REFUSED') throw error
    const reason = error.message
    await database.transaction().execute(async (transaction) => {
      await saveFileFindings(transaction, file.id, [unreadable(file, reason, tools)])
      await setDisposition(transaction, file.id, {
        disposition: 'quarantined',
        reason,
        records: 0,
        accepted: 0,
        rejected: 0,
      })
    })
    return undefined
  }
}

async function settle(
  database: StateDatabase,
  file: FileRow,
  detail: ImportDetail,
  job: JobSettings,
  tools: Tools,
): Promise<void> {
  const { rows, counts, unusable, repeated } = detail.imported
  await sendBack(database, detail, job, tools)
  await setDisposition(database, file.id, {
    disposition: 'read',
    reason: repeated
      ? 'these decisions were taken in before'
      : counts.refused + unusable.length === 0
        ? null
        : countsText(counts),
    records: rows.length,
    accepted: rows.length - counts.refused,
    rejected: counts.refused,
  })
}

/** Where the job says so, and there is something to say. */
async function sendBack(database: StateDatabase, detail: ImportDetail, job: JobSettings, tools: Tools): Promise<void> {
  const { imported, asked } = detail
  const to = job.decisions?.['return-to']
  const key = `returned ${imported.sha256}`
  if (
    to === undefined ||
    asked.length + imported.unusable.length === 0 ||
    (await queuedAmong(database, [key])).has(key)
  )
    return
  const file = returnedFile(imported, tools.folder)
  const copy = await returnedCopy(file, detail, { workspace: tools.workspace, database, now: tools.now })
  const { sha256, size } = copy
  const name = path.basename(copy.path)
  const sent = { endpoint: to.endpoint, folder: to.folder, name, local_file: copy.path, sha256, size }
  await queueOutbox(database, { ...sent, idempotency_key: key, load_id: null }, tools.now())
}

const unreadable = (file: FileRow, reason: string, { workspace }: Tools): Finding => ({
  code: 'FILE-UNREADABLE',
  keys: { file: file.name, ...(file.partner === null ? {} : { partner: file.partner }) },
  message: `${file.name} cannot be taken as a workbook: ${reason}`,
  amountAtRisk: ZERO,
  currency: workspace.settings.currency,
  values: { 'sha-256': file.sha256 },
  tolerance: null,
  evidence: [{ file: file.name, sha256: file.sha256 }],
})
