import type { JobSettings, WorkspaceSettings } from '../../config/index.js'
import { type ExitCode, MatchbookError } from '../../errors/index.js'
import { appendAudit, type RunRow, reopenRun, showRun, stepOutput } from '../../state/index.js'
import { openTools, type ToolOptions } from '../compose.js'
import { deliverQuietly } from '../notify/deliver.js'
import { actingPerson } from '../roles/acting-person.js'
import type { RunBegin } from '../run.js'
import { runJob } from '../run-job.js'
import { exitOf } from '../run-jobs.js'
import type { RunSummary } from '../run-summary.js'
import { lastRun } from '../runs/cut-off-run.js'
import { runShare } from '../shares/run-share.js'
import { exitOfShares } from '../shares/share-by-hand.js'
import { partsOf } from '../shares/shares-of-job.js'
import type { TakenInShare } from '../shares/take-in-share.js'
import type { Tools } from '../tools.js'
import { toolsByRulesOf } from './rules-of-run.js'

export interface RetryRequest extends ToolOptions {
  readonly run: string
  readonly failOn: WorkspaceSettings['fail-on'] | undefined
}

export interface RetryOutcome {
  /** The run asked for. */
  readonly retried: string
  /** The step it went on from; `pull` means that it was begun anew, under its own id. */
  readonly from: string
  /** Null where it was the run of a share. */
  readonly run: RunSummary | null
  readonly share: TakenInShare | null
  readonly exit: ExitCode
}

/**
 * Goes on with a job's last run from the step that failed. Where the failure was in the pull, everything after it would be judged
 * on half the drops: a new run of the same date takes them up.
 * @throws RUN-UNKNOWN, RUN-NOT-RETRYABLE, JOB-UNKNOWN, RULES-*, RUN-ACTIVE
 */
export async function retry(request: RetryRequest): Promise<RetryOutcome> {
  const tools = await openTools({ ...request, dryRun: false }, 'run')
  try {
    const found = await showRun(tools.state.database, request.run)
    if (found === undefined) throw new MatchbookError('RUN-UNKNOWN', `there is no run ${request.run}`)
    const { rules_of: rulesOf } = found.run
    const judging = rulesOf === null ? tools : await toolsByRulesOf(rulesOf, tools)
    const { job: name, share } = partsOf(found.run.job)
    const job = judging.workspace.jobs.get(name)
    if (job === undefined) throw new MatchbookError('JOB-UNKNOWN', `this workspace has no job "${name}"`)
    const { from, begin } = await prepare(found.run, job, tools)
    if (share !== undefined) {
      const taken = await runShare(job, share, found.run.as_of, false, tools)
      return { retried: request.run, from, run: null, share: taken, exit: exitOfShares([taken]) }
    }
    const run = await runJob(job, found.run.as_of, false, judging, rulesOf === null ? begin : { ...begin, rulesOf })
    const failOn = request.failOn ?? tools.workspace.settings['fail-on']
    return { retried: request.run, from, run, share: null, exit: await exitOf([run], failOn, tools) }
  } finally {
    await deliverQuietly(tools)
    await tools.close()
  }
}

/** Those that a share has too. */
const ofShare: readonly string[] = ['pull', 'unwrap', 'read']
const steps = ['pull', 'decide', 'give-back', 'unwrap', 'read', 'settle', 'load', 'pack', 'report', 'push'] as const

/** With the lease: nobody works on the run while it is decided where to go on. */
async function prepare(
  run: RunRow,
  job: JobSettings,
  tools: Tools,
): Promise<{ readonly from: string; readonly begin: RunBegin }> {
  const { database } = tools.state
  const lease = await tools.takeLease(run.job)
  try {
    const last = await lastRun(database, run.job)
    if (last !== undefined && last.id !== run.id) {
      throw notRetryable(run, `is not the last of ${run.job}`, `Run ${last.id} came after it and took up what it left`)
    }
    const again: RunBegin = { kind: run.kind, resume: run.id }
    if (run.status === 'running' || run.status === 'failed') {
      const from = await firstMissing(run, job, tools)
      if (run.status === 'failed') await reopen(run, [], tools)
      return { from, begin: again }
    }
    const { failures = [] } = (run.summary === null ? {} : JSON.parse(run.summary)) as Partial<RunSummary>
    if (failures.length === 0) throw notRetryable(run, `is ${run.status}: no step of it failed`)
    const pushed = (await stepOutput(database, run.id, 'push')) as { output: { failures: unknown[] } } | undefined
    if (pushed?.output.failures.length !== failures.length) return { from: 'pull', begin: { kind: run.kind } }
    await reopen(run, ['push'], tools)
    return { from: 'push', begin: again }
  } finally {
    await lease.release()
  }
}

async function reopen({ id, job }: RunRow, again: readonly string[], tools: Tools): Promise<void> {
  await tools.state.database.transaction().execute(async (database) => {
    await reopenRun(database, id, again)
    const actor = actingPerson(undefined, tools)
    await appendAudit(database, {
      at: tools.now(),
      actor,
      action: 'retried',
      subject: `run ${id}`,
      detail: { job, again },
    })
  })
}

async function firstMissing(run: RunRow, { matcher }: JobSettings, { state }: Tools): Promise<string> {
  const makesPack = matcher === 'compliance-evidence' && run.kind !== 'backfill' && run.rules_of === null
  const own = steps.filter((step) => (run.kind === 'share' ? ofShare.includes(step) : step !== 'pack' || makesPack))
  for (const step of own) if ((await stepOutput(state.database, run.id, step)) === undefined) return step
  return 'push'
}

const notRetryable = ({ id }: RunRow, why: string, hint?: string): MatchbookError =>
  new MatchbookError('RUN-NOT-RETRYABLE', `run ${id} ${why}`, hint === undefined ? {} : { hint })
