import type { JobSettings } from '../config/index.js'
import { checkContracts } from './check-contracts.js'
import { matchRelations } from './match-relations.js'
import { planLoad } from './plan-load.js'
import { pullDrops } from './pull-drops.js'
import { pushOutbox } from './push-outbox.js'
import { readDrops } from './read-drops.js'
import { Run } from './run.js'
import type { RunSummary } from './run-summary.js'
import { settleExceptions } from './settle-exceptions.js'
import { summarise } from './summarise.js'
import type { Tools } from './tools.js'
import { writeReport } from './write-report.js'

/**
 * One night of one job, from the drops to the ERP. Each step is durable before the next begins; a run killed anywhere goes on from
 * its last finished step, and doing a step again changes nothing.
 * @throws RUN-ACTIVE when the job is running elsewhere
 */
export async function runJob(job: JobSettings, asOf: string, dryRun: boolean, tools: Tools): Promise<RunSummary> {
  const lease = tools.takeLease(job.job)
  try {
    const run = await Run.begin(job.job, asOf, tools)
    try {
      const drops = await run.step('pull', () => pullDrops(run, job, dryRun, tools))
      const documents = await run.step('read', () => readDrops(run, job, tools))
      const night = await run.compute('check', 'settle', () => checkContracts(run, job, tools))
      const findings = await run.compute('match', 'settle', () => matchRelations(run, job, night, tools))
      const settled = await run.step('settle', () => settleExceptions(run, job, night, findings, tools))
      const load = await run.step('load', () => planLoad(run, job, tools))
      const report = await run.step('report', () => writeReport(run, job, { documents, settled, load }, tools))
      const pushed = dryRun ? undefined : await run.step('push', () => pushOutbox(run, tools))
      const summary = await summarise(run, job, { drops, documents, settled, load, report, pushed, dryRun }, tools)
      await run.finish(summary.failures.length > 0 || summary.files.quarantined > 0 ? 'partial' : 'done', summary)
      return summary
    } catch (error) {
      await run.finish('failed', null, error instanceof Error ? error.message : String(error)).catch(() => {})
      throw error
    }
  } finally {
    lease.release()
  }
}
