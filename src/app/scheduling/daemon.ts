import { setTimeout } from 'node:timers/promises'
import { MatchbookError } from '../../errors/index.js'
import { nextOccurrences } from '../../schedule/index.js'
import { wakeAt } from '../../schedule/wake-at.js'
import { leasesOf, openReading } from '../compose.js'
import { type LogOptions, openLog } from '../logger.js'
import { Telling } from '../notify/telling.js'
import { assertMay } from '../roles/who-may.js'
import { requireWorkspace } from '../workspace/require-workspace.js'
import { ChildRuns } from './child-runs.js'
import { owedNow } from './owed-now.js'
import { scheduledJobs } from './scheduled-jobs.js'

export interface DaemonRequest extends LogOptions {
  readonly workspace: string | undefined
  /** The script that is this CLI. */
  readonly binary: string
  /** Aborted when no more is to be begun; what runs is let come to its end. */
  readonly stop: AbortSignal
  /** What the runs themselves say. */
  readonly runLogLevel: LogOptions['logLevel']
}

export interface DaemonOutcome {
  /** Runs begun. */
  readonly begun: number
}

/** After sleep, a clock that was set, or settings that changed, the schedule is looked at within so many milliseconds. */
const HEARTBEAT = 30_000

/**
 * Begins what the schedules owe when it is due, each run in a process of its own, until it is told to stop. It holds nothing that is not
 * in the store: killed anywhere, the next one goes on, and cron or people beside it do no harm.
 * @throws RUN-ACTIVE when one is at work on this workspace already
 */
export async function startSchedule(request: DaemonRequest): Promise<DaemonOutcome> {
  const workspace = await requireWorkspace(request.workspace)
  assertMay('run', workspace.settings)
  const leases = await leasesOf(workspace)
  const lease = await leases.takeLease('schedule.start').catch(async (error: unknown) => {
    await leases.close()
    throw error
  })
  const log = openLog(request, (text) => text)
  const children = new ChildRuns({ ...request, logLevel: request.runLogLevel, folder: workspace.folder, log })
  try {
    log.info({ jobs: scheduledJobs(workspace).map(({ job }) => job) }, 'the schedule is kept')
    const telling = new Telling(request, workspace, log)
    while (!request.stop.aborted) {
      const until = await beginDue()
      telling.lookAgain()
      await wait(until, children, request.stop)
    }
    log.info({ running: children.running }, 'nothing more is begun; what runs comes to its end')
    await Promise.all([children.drained(), telling.done()])
    return { begun: children.begun }
  } finally {
    await lease.release()
    await leases.close()
  }

  /** Gives the instant to look again at. Settings are read anew each time, and those that have mistakes are told of and waited for. */
  async function beginDue(): Promise<Date> {
    const later = new Date(Date.now() + HEARTBEAT)
    try {
      const reading = await openReading(workspace.folder)
      try {
        const now = reading.now()
        const owed = await owedNow(reading.workspace, reading.state.database, now, log)
        children.begin(
          owed.filter(({ waitsFor }) => waitsFor.length === 0),
          reading.workspace.settings.schedule['at-once'],
        )
        const next = scheduledJobs(reading.workspace).flatMap((job) => nextOccurrences(job, new Date(now), 1))
        return new Date(Math.min(+later, ...next.map(({ scheduledFor }) => Date.parse(scheduledFor))))
      } finally {
        await reading.state.close()
      }
    } catch (error) {
      if (!(error instanceof MatchbookError)) throw error
      log.error({ code: error.code }, error.message)
      return later
    }
  }
}

/** Until the instant, the end of a run, or the word to stop. */
async function wait(until: Date, children: ChildRuns, stop: AbortSignal): Promise<void> {
  const over = new AbortController()
  const woken = new Promise<void>((wake) => {
    const cancel = wakeAt(until, wake)
    over.signal.addEventListener('abort', cancel)
    stop.addEventListener('abort', () => wake(), { once: true, signal: over.signal })
  })
  // Timers do not count the time a machine sleeps: it is woken by the heartbeat, which is short.
  const heartbeat = setTimeout(HEARTBEAT, undefined, { signal: over.signal }).catch(() => {})
  await Promise.race([woken, heartbeat, children.ended()])
  over.abort()
}
