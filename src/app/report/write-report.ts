import path from 'node:path'
import { counted } from '../../canonical/index.js'
import type { JobSettings } from '../../config/index.js'
import { unsettled } from '../../exceptions/index.js'
import { writeHoldList } from '../../outputs/load/index.js'
import type { ReportContent } from '../../outputs/report/index.js'
import { listExceptions, type StoredException } from '../../state/index.js'
import type { Run, StepResult } from '../run.js'
import type { Tools } from '../tools.js'
import { type Reported, reportContent, reportedInvoices } from './report-content.js'
import { partContent, partsOf } from './report-parts.js'
import { workbookFile } from './workbook-files.js'

export interface WrittenReport {
  /** Of the whole job. */
  readonly workbook: string
  /** One for each owner or facility, where the job says so; absent in runs of before there were such. */
  readonly parts?: readonly { readonly name: string; readonly workbook: string }[]
  /** Of a three-way match: nothing else holds invoices. */
  readonly holdList: string | null
}

/** The workbooks and, of invoices, the hold list, under names that follow from the run: written again, they are the same files. */
export async function writeReport(
  run: Run,
  job: JobSettings,
  reported: Reported,
  tools: Tools,
): Promise<StepResult<WrittenReport>> {
  const { writeWorkbook } = await import('../../outputs/report/index.js')
  const workbook = workbookFile(run.row, job, tools.folder)
  const holdList =
    job.matcher === 'three-way' ? path.join(path.dirname(workbook), `hold-list-${run.row.as_of}.csv`) : null
  const invoices = await reportedInvoices(run.id, job, tools)
  const open = await listExceptions(tools.state.database, { job: job.job, statuses: unsettled })
  const content = await reportContent(run.row, job, reported, invoices, open, tools)
  await writeWorkbook(workbook, content)
  const parts = await writeParts(run, job, content, open, tools)
  if (holdList !== null) await writeHoldList(holdList, invoices.held)
  const queues = new Set(open.map(({ queue }) => queue)).size
  return {
    output: { workbook, parts, holdList },
    said: `${counted(open.length, 'exception')} for ${counted(queues, 'queue')} in ${path.basename(workbook)}${parts.length === 0 ? '' : `, and in ${counted(parts.length, 'workbook')} by ${job.report['one-per']}`}`,
  }
}

async function writeParts(
  { row: run }: Run,
  job: JobSettings,
  content: ReportContent,
  open: readonly StoredException[],
  { state: { database }, workspace: { settings }, folder }: Tools,
): Promise<{ name: string; workbook: string }[]> {
  const kind = job.report['one-per']
  if (kind === 'job') return []
  const { writeWorkbook } = await import('../../outputs/report/index.js')
  const written: { name: string; workbook: string }[] = []
  for (const part of partsOf(open, kind, settings)) {
    const workbook = workbookFile(run, job, folder, part)
    await writeWorkbook(workbook, await partContent(content, open, part, { run, database, settings }))
    written.push({ name: part.name, workbook })
  }
  return written
}
