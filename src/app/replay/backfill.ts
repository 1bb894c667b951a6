import type { Calendar, WorkspaceSettings } from '../../config/index.js'
import { type ExitCode, MatchbookError } from '../../errors/index.js'
import { openTools, type ToolOptions } from '../compose.js'
import { checkedDate, today } from '../given-day.js'
import { runJob } from '../run-job.js'
import { exitOf } from '../run-jobs.js'
import type { RunSummary } from '../run-summary.js'
import { assertNoneCutOff } from '../runs/cut-off-run.js'
import type { Tools } from '../tools.js'
import { businessDays } from './business-days.js'

export interface BackfillRequest extends ToolOptions {
  readonly job: string
  /** yyyy-MM-dd, both counted. */
  readonly from: string
  readonly to: string
  /** A calendar of the workspace; without it Monday to Friday. */
  readonly calendar: string | undefined
  readonly failOn: WorkspaceSettings['fail-on'] | undefined
}

export interface BackfillOutcome {
  readonly job: string
  readonly dryRun: boolean
  /** One run for each business day, in order. */
  readonly runs: readonly RunSummary[]
  readonly exit: ExitCode
}

/** Longer than any outage; beyond it a slip of the keyboard is likelier. */
const MOST_DAYS = 400

/**
 * Judges each business day by what the archive holds of it: one run a day, as of that day. It takes nothing in, loads nothing and
 * pushes nothing; days that lie before the last one judged only add to what is open, and heal nothing.
 * @throws JOB-UNKNOWN, USAGE, RUN-CUT-OFF, RUN-ACTIVE
 */
export async function backfill(request: BackfillRequest): Promise<BackfillOutcome> {
  const tools = await openTools(request, 'replay')
  try {
    const job = tools.workspace.jobs.get(request.job)
    if (job === undefined) {
      throw new MatchbookError('JOB-UNKNOWN', `this workspace has no job "${request.job}"`, {
        hint: `Jobs of this workspace: ${[...tools.workspace.jobs.keys()].join(', ')}`,
      })
    }
    const days = daysOf(request, tools)
    const lease = await tools.takeLease(job.job)
    await assertNoneCutOff(tools.state.database, job.job).finally(() => lease.release())
    const runs: RunSummary[] = []
    for (const day of days) {
      tools.progress.note(`as of ${day}`)
      runs.push(await runJob(job, day, request.dryRun, tools, { kind: 'backfill' }))
    }
    const failOn = request.failOn ?? tools.workspace.settings['fail-on']
    return { job: job.job, dryRun: request.dryRun, runs, exit: await exitOf(runs, failOn, tools) }
  } finally {
    await tools.close()
  }
}

function daysOf({ from, to, calendar }: BackfillRequest, tools: Tools): string[] {
  const [first, last] = [checkedDate(from, '--from'), checkedDate(to, '--to')]
  if (first > last) throw new MatchbookError('USAGE', `--from ${first} is after --to ${last}`)
  if (last > today(tools)) throw new MatchbookError('USAGE', `--to ${last} is still to come; today is ${today(tools)}`)
  if (Date.parse(last) - Date.parse(first) > MOST_DAYS * 86_400_000) {
    throw new MatchbookError('USAGE', `from ${first} to ${last} are more than ${MOST_DAYS} days`)
  }
  const days = businessDays(first, last, calendarOf(calendar, tools))
  if (days.length === 0) throw new MatchbookError('USAGE', `no business day lies between ${first} and ${last}`)
  return days
}

function calendarOf(name: string | undefined, { workspace }: Tools): Calendar | undefined {
  if (name === undefined) return undefined
  const { calendars } = workspace.settings
  const calendar = calendars[name]
  if (calendar !== undefined) return calendar
  throw new MatchbookError('USAGE', `this workspace has no calendar "${name}"`, {
    hint: `Calendars of this workspace: ${Object.keys(calendars).join(', ') || 'none'}`,
  })
}
