import type { JobSettings } from '../config/index.js'
import { checkContracts, type Night } from './check/check-contracts.js'
import { toolsByApprovals } from './contracts/approved-contracts.js'
import { type TakenWorkbooks, takeWorkbooks } from './deciding/take-workbooks.js'
import { makePack } from './evidence/make-pack.js'
import type { PlannedLoadOutput } from './loads/book-load.js'
import { giveBackDecided } from './loads/give-back-decided.js'
import { planLoads } from './loads/plan-loads.js'
import { matchRelations } from './match/match-relations.js'
import { noteEnd, noteFailure } from './notify/note-run.js'
import { type Pulled, pullDrops } from './pull/pull-drops.js'
import { unwrapFiles } from './pull/unwrap-files.js'
import { pushOutbox } from './push/push-outbox.js'
import { readDrops } from './read/read-drops.js'
import { writeReport } from './report/write-report.js'
import { Run, type RunBegin, type StepResult } from './run.js'
import type { RunSummary } from './run-summary.js'
import { isCutOff } from './runs/cut-off-run.js'
import { settleExceptions } from './settle/settle-exceptions.js'
import { restOfJob } from './shares/shares-of-job.js'
import { takeInBefore } from './shares/take-in-before.js'
import { withPulledByShares, withReadByShares } from './shares/taken-by-shares.js'
import { summarise } from './summarise.js'
import { watchRun } from './telemetry/watch-run.js'
import type { Tools } from './tools.js'
import { rememberStore } from './workspace/known-stores.js'
import { noteConfiguration } from './workspace/note-configuration.js'

/**
 * One night of one job, from the drops to the ERP; a replay begins with what the archive holds, and what only judges ends with the
 * report. Each step is durable before the next begins; a run killed anywhere goes on from its last finished step, and doing a step
 * again changes nothing.
 * @throws RUN-ACTIVE when the job is running elsewhere, CONTRACT-NOT-APPROVED
 */
export async function runJob(
  job: JobSettings,
  asOf: string,
  dryRun: boolean,
  given: Tools,
  begin: RunBegin = { kind: 'night' },
): Promise<RunSummary> {
  const lease = await given.takeLease(job.job)
  try {
    if (begin.rulesOf === undefined) await noteConfiguration(given)
    if (!dryRun) rememberStore(given.workspace)
    const tools = begin.rulesOf === undefined ? await toolsByApprovals(job, given) : given
    const night = await takeInBefore(job, asOf, dryRun, tools, begin)
    const run = await Run.begin(job, asOf, tools, { ...begin, ...night })
    const { kind } = run.row
    // A dry run is nobody's business: what it works on is thrown away.
    if (!dryRun) run.watchedBy(await watchRun(job, run.row, run.resumed, tools))
    let relations: Night | undefined
    try {
      const drops = await run.step('pull', async () =>
        kind === 'night'
          ? withPulledByShares(run.row, await pullDrops(run, restOfJob(job), dryRun, tools), tools)
          : fromArchive,
      )
      await run.step('decide', async () => (kind === 'backfill' ? undecided : takeWorkbooks(run, job, tools)))
      await run.step('give-back', () => giveBackDecided(run, job, tools))
      await run.step('unwrap', () => unwrapFiles(run, job, tools))
      const documents = await run.step('read', async () =>
        withReadByShares(run.row, await readDrops(run, job, tools), tools),
      )
      relations = await run.compute('check', 'settle', () => checkContracts(run, job, tools))
      const findings = await run.compute('match', 'settle', () => matchRelations(run, job, relations, tools))
      const settled = await run.step('settle', () => settleExceptions(run, job, relations, findings, tools))
      const loads = await run.step('load', async () =>
        run.onlyJudges ? unloaded : planLoads(run, job, settled, tools),
      )
      const pack =
        job.matcher === 'compliance-evidence' && !run.onlyJudges
          ? await run.step('pack', () => makePack(run, job, tools))
          : undefined
      const report = await run.step('report', () => writeReport(run, job, { documents, settled, loads }, tools))
      const pushed = dryRun || run.onlyJudges ? undefined : await run.step('push', () => pushOutbox(run, tools))
      const summary = await summarise(
        run,
        job,
        { drops, documents, settled, loads, pack, report, pushed, dryRun },
        tools,
      )
      const status = summary.failures.length > 0 || summary.files.quarantined > 0 ? 'partial' : 'done'
      await run.finish(status, summary, (database) => noteEnd(database, run, job, tools))
      return summary
    } catch (error) {
      if (isCutOff(error)) throw error
      await run.fail(error, (database) => noteFailure(database, run, job, error, tools))
      throw error
    } finally {
      // Settled it holds nothing any more; broken off it would hold the whole night while the next job runs.
      await relations?.engine.close()
    }
  } finally {
    await lease.release()
  }
}

const fromArchive: StepResult<Pulled> = {
  output: { taken: 0, duplicates: 0, skipped: 0, failures: [] },
  said: 'from the archive; no drop is looked into',
}

/** A past day is judged by what was decided up to now. */
const undecided: StepResult<TakenWorkbooks> = {
  output: { workbooks: 0, refusedRows: 0 },
  said: 'a backfill takes no workbook',
}

/** What was clean by the extracts or rules of a past day may be paid or refused by now: the next night judges and loads it. */
const unloaded: StepResult<readonly PlannedLoadOutput[]> = {
  output: [],
  said: 'what judges by a past day loads nothing',
}
