import path from 'node:path'
import type { WorkspaceSettings } from '../../config/index.js'
import { MatchbookError } from '../../errors/index.js'
import { unsettled } from '../../exceptions/index.js'
import { listExceptions, listRuns, type StoredException } from '../../state/index.js'
import type { Reading } from '../reading.js'
import { reportContent, reportedInvoices } from './report-content.js'
import { partContent, partOf, partsOf } from './report-parts.js'
import { runOutputs } from './run-outputs.js'
import { type ReportPart, workbookFile } from './workbook-files.js'

export interface ExportRequest {
  readonly job: string
  readonly out: string | undefined
  /** Only their exceptions; one of the two at the most. */
  readonly owner: string | undefined
  readonly facility: string | undefined
}

/**
 * The workbook of the job's last finished run, with the exceptions as they stand now: of the whole job, or of one owner or facility.
 * @throws JOB-UNKNOWN, RUN-UNKNOWN, USAGE
 */
export async function exportExceptions(
  reading: Reading,
  { job: jobName, out, owner, facility }: ExportRequest,
): Promise<{ readonly file: string; readonly exceptions: number }> {
  const job = reading.workspace.jobs.get(jobName)
  if (job === undefined) throw new MatchbookError('JOB-UNKNOWN', `this workspace has no job "${jobName}"`)
  const { database } = reading.state
  const { settings } = reading.workspace
  const run = (await listRuns(database, 1000, jobName)).find(({ status }) => status === 'done' || status === 'partial')
  if (run === undefined)
    throw new MatchbookError('RUN-UNKNOWN', `${jobName} has no finished run to write a workbook of`)
  const { writeWorkbook } = await import('../../outputs/report/index.js')
  const open = await listExceptions(database, { job: jobName, statuses: unsettled })
  const part = partAsked({ owner, facility }, open, settings)
  const file = path.resolve(out ?? workbookFile(run, job, reading.folder, part))
  const invoices = await reportedInvoices(run.id, job, reading)
  const whole = await reportContent(run, job, await runOutputs(database, run.id), invoices, open, reading)
  if (part === undefined) {
    await writeWorkbook(file, whole)
    return { file, exceptions: open.length }
  }
  await writeWorkbook(file, await partContent(whole, open, part, { run, database, settings }))
  return { file, exceptions: open.filter((one) => partOf(one, part.kind, settings) === part.name).length }
}

/** @throws USAGE where there is nothing of theirs */
function partAsked(
  { owner, facility }: Pick<ExportRequest, 'owner' | 'facility'>,
  open: readonly StoredException[],
  settings: WorkspaceSettings,
): ReportPart | undefined {
  const kind = owner !== undefined ? 'owner' : facility !== undefined ? 'facility' : undefined
  if (kind === undefined) return undefined
  const asked = owner ?? facility ?? ''
  const parts = partsOf(open, kind, settings)
  const found = parts.find(({ name }) => name.toLowerCase() === asked.toLowerCase())
  if (found !== undefined) return found
  throw new MatchbookError('USAGE', `nothing is open of the ${kind} "${asked}"`, {
    hint:
      parts.length === 0 ? 'Nothing is open at all' : `Something is of: ${parts.map(({ name }) => name).join(', ')}`,
  })
}
