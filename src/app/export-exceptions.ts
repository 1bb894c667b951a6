import path from 'node:path'
import { MatchbookError } from '../errors/index.js'
import { unsettled } from '../exceptions/index.js'
import { listExceptions, listRuns } from '../state/index.js'
import type { Reading } from './reading.js'
import { reportContent, reportedInvoices } from './report-content.js'
import { runOutputs } from './run-outputs.js'

/** The workbook of the job's last finished run, with the exceptions as they stand now. @throws JOB-UNKNOWN, RUN-UNKNOWN */
export async function exportExceptions(
  reading: Reading,
  jobName: string,
  out: string | undefined,
): Promise<{ readonly file: string; readonly exceptions: number }> {
  const job = reading.workspace.jobs.get(jobName)
  if (job === undefined) throw new MatchbookError('JOB-UNKNOWN', `this workspace has no job "${jobName}"`)
  const { database } = reading.state
  const run = (await listRuns(database, 1000, jobName)).find(({ status }) => status === 'done' || status === 'partial')
  if (run === undefined)
    throw new MatchbookError('RUN-UNKNOWN', `${jobName} has no finished run to write a workbook of`)
  const { writeWorkbook } = await import('../outputs/report/index.js')
  const file = path.resolve(out ?? path.join(reading.folder, 'reports', run.id, `${job.report.name}-${run.as_of}.xlsx`))
  const invoices = await reportedInvoices(run.id, job, reading)
  const open = await listExceptions(database, { job: jobName, statuses: unsettled })
  await writeWorkbook(file, await reportContent(run, job, await runOutputs(database, run.id), invoices, open, reading))
  return { file, exceptions: open.length }
}
