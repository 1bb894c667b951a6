import type { Workspace } from '../../config/index.js'
import { type Occurrence, occurrences, owed, type ScheduledJob } from '../../schedule/index.js'
import { listRuns, type OccurrenceRow, occurrencesOf, type StateDatabase, scheduleSince } from '../../state/index.js'
import type { DueJob } from './due-job.js'
import { begunInShares, piecesOf } from './pieces-of.js'
import { scheduledJobs } from './scheduled-jobs.js'

export interface Due {
  /** By priority. */
  readonly jobs: readonly DueJob[]
  /** Missed, and by the catch-up policy not to be run. */
  readonly passedOver: readonly { readonly occurrence: Occurrence; readonly because: string }[]
}

/** Machines that were off for longer owe no more than this. */
const LONGEST_MEMORY = 35 * 86_400_000

/** What the schedules owe at `now`, an ISO instant. Whoever asks, daemon, cron or a person, gets the same answer from the store. */
export async function dueNow(workspace: Workspace, database: StateDatabase, now: string): Promise<Due> {
  const all = scheduledJobs(workspace)
  const jobs: DueJob[] = []
  const passedOver: Due['passedOver'][number][] = []
  for (const scheduled of all) {
    const { schedule } = scheduled
    const settings = workspace.jobs.get(scheduled.job)
    const { begun, open } = await openOccurrences(scheduled, database, now)
    if (begun !== undefined) {
      jobs.push({ ...begun, piece: begun.job, waitsFor: [], isLate: false, isBegun: true })
      continue
    }
    const inShares = await begunInShares(open, settings, database)
    if (inShares !== undefined) {
      jobs.push(...(await piecesOf({ ...inShares, waitsFor: [], isLate: false, isBegun: true }, settings, database)))
      continue
    }
    const candidate = schedule['catch-up'] === 'all' ? open[0] : open.at(-1)
    if (candidate === undefined) continue
    const waitsFor: string[] = []
    let heldUntil = 0
    for (const other of all.filter(({ job }) => schedule.after.includes(job))) {
      const held = await heldBy(other, candidate, database)
      if (held === 'waits') waitsFor.push(other.job)
      // While it waits it cannot be missed; as if what holds it ended just now.
      heldUntil = Math.max(heldUntil, held === 'waits' ? Date.parse(now) : +held)
    }
    const { run, skip } = owed(open, schedule, new Date(now), new Date(heldUntil))
    passedOver.push(...skip)
    if (run === undefined) continue
    const isLate = Date.parse(now) - Date.parse(run.scheduledFor) > schedule['missed-after-minutes'] * 60_000
    jobs.push(...(await piecesOf({ ...run, waitsFor, isLate, isBegun: false }, settings, database)))
  }
  return { jobs, passedOver }
}

/** The occurrence whose run runs or was cut off; and those that have come since the last one that was settled, in order. */
async function openOccurrences(
  scheduled: ScheduledJob,
  database: StateDatabase,
  now: string,
): Promise<{ readonly begun: Occurrence | undefined; readonly open: readonly Occurrence[] }> {
  const { job, schedule, calendar, timezone } = scheduled
  const { cron, timezone: zone, calendar: name, 'on-day-off': onDayOff } = schedule
  const definition = JSON.stringify([cron, zone ?? timezone, name, onDayOff, calendar?.days, calendar?.holidays])
  const since = await scheduleSince(database, job, definition, now)
  const known = await occurrencesOf(database, job, since)
  // A clock that was far ahead for a while has left occurrences of days to come; they do not hide those of today.
  const past = known.filter(({ scheduledFor }) => scheduledFor <= now)
  const settled = past.filter(({ status }) => status !== 'running').map(({ scheduledFor }) => Date.parse(scheduledFor))
  const from = Math.max(Date.parse(since), Date.parse(now) - LONGEST_MEMORY, ...settled)
  const taken = new Set(known.map(({ scheduledFor }) => scheduledFor))
  const fresh = occurrences(scheduled, new Date(from), new Date(now))
  const begun = past.findLast(({ status }) => status === 'running')
  return {
    begun: begun === undefined ? undefined : { job, scheduledFor: begun.scheduledFor, day: begun.day },
    open: fresh.filter(({ scheduledFor }) => !taken.has(scheduledFor)),
  }
}

/**
 * Whether an occurrence waits for another job: until a run of it of the same day is done, if that day has an occurrence of it. Gives
 * the instant at which the wait ended, the beginning of time where there was none.
 */
async function heldBy(
  other: ScheduledJob,
  { day, scheduledFor }: Occurrence,
  database: StateDatabase,
): Promise<'waits' | Date> {
  const wanted = wantedOf(other, day, scheduledFor)
  if (wanted === undefined) return free
  const [row] = await occurrencesOf(database, other.job, wanted.scheduledFor)
  if (isPassedOver(row, wanted)) return free
  const runs = await listRuns(database, 50, other.job)
  const done = runs.find(
    ({ kind, status, as_of, started_at }) =>
      kind === 'night' &&
      (status === 'done' || status === 'partial') &&
      as_of === day &&
      started_at >= wanted.scheduledFor,
  )
  return done === undefined ? 'waits' : new Date(done.finished_at ?? done.started_at)
}

const free = new Date(0)

const isPassedOver = (row: OccurrenceRow | undefined, { scheduledFor }: Occurrence): boolean =>
  row?.scheduledFor === scheduledFor && row.skippedBecause !== null

/** Of the other job's occurrences of the day the last one before ours, or else its first. */
function wantedOf(other: ScheduledJob, day: string, scheduledFor: string): Occurrence | undefined {
  const noon = Date.parse(`${day}T12:00:00Z`)
  const around = occurrences(other, new Date(noon - 30 * 3_600_000), new Date(noon + 30 * 3_600_000))
  const ofDay = around.filter((occurrence) => occurrence.day === day)
  return ofDay.filter((occurrence) => occurrence.scheduledFor <= scheduledFor).at(-1) ?? ofDay[0]
}
