import path from 'node:path'
import type { JobSettings } from '../config/index.js'
import { unsettled } from '../exceptions/index.js'
import { writeHoldList } from '../outputs/load/index.js'
import { listExceptions } from '../state/index.js'
import { type Reported, reportContent, reportedInvoices } from './report-content.js'
import type { Run, StepResult } from './run.js'
import type { Tools } from './tools.js'

export interface WrittenReport {
  readonly workbook: string
  /** Of a three-way match: nothing else holds invoices. */
  readonly holdList: string | null
}

/** The workbook and, of invoices, the hold list, under names that follow from the run: written again, they are the same files. */
export async function writeReport(
  run: Run,
  job: JobSettings,
  reported: Reported,
  tools: Tools,
): Promise<StepResult<WrittenReport>> {
  const { writeWorkbook } = await import('../outputs/report/index.js')
  const folder = path.join(tools.folder, 'reports', run.id)
  const workbook = path.join(folder, `${job.report.name}-${run.row.as_of}.xlsx`)
  const holdList = job.matcher === 'three-way' ? path.join(folder, `hold-list-${run.row.as_of}.csv`) : null
  const invoices = await reportedInvoices(run.id, job, tools)
  const open = await listExceptions(tools.state.database, { job: job.job, statuses: unsettled })
  await writeWorkbook(workbook, await reportContent(run.row, job, reported, invoices, open, tools))
  if (holdList !== null) await writeHoldList(holdList, invoices.held)
  return {
    output: { workbook, holdList },
    said: `${open.length} exceptions for ${new Set(open.map(({ queue }) => queue)).size} queues in ${path.basename(workbook)}`,
  }
}
