import { DateTime } from 'luxon'
import type { Calendar, Schedule } from '../config/index.js'
import { cronInstants, instantOf } from './cron-instants.js'
import { daysAfter, isWorkingDay, longestHoliday, nearestWorkingDay } from './working-days.js'

/** One time a job is to run. */
export interface Occurrence {
  readonly job: string
  /** ISO instant, UTC: with the job the key of the occurrence. */
  readonly scheduledFor: string
  /** Its date in the zone of the workspace, yyyy-MM-dd: what the run judges by, and by what jobs wait for one another. */
  readonly day: string
}

/** A job with what its schedule names. */
export interface ScheduledJob {
  readonly job: string
  readonly schedule: Schedule
  readonly calendar: Calendar | undefined
  /** IANA zone of the workspace. */
  readonly timezone: string
}

/**
 * The occurrences of a job after `from`, up to and with `to`, in order: cron instants, moved off days off and out of blackouts. The only
 * place that computes them. Two that are moved to the same instant are one.
 */
export function occurrences(scheduled: ScheduledJob, from: Date, to: Date): Occurrence[] {
  const { job, schedule, calendar, timezone } = scheduled
  const zone = schedule.timezone ?? timezone
  // A second earlier, since the beginning of a span may itself be put off into it.
  const [first, last] = spanOf(scheduled, zone, from, to)
  const instants = cronInstants(schedule.cron, zone, new Date(+first - 1000), last)
  const moved = new Set<number>()
  for (const instant of instants) {
    const day = calendar === undefined ? instant : onWorkingDay(instant, schedule['on-day-off'], calendar, zone)
    if (day === undefined) continue
    const free = outOfBlackouts(day, calendar?.blackouts ?? [], zone)
    if (free > from && free <= to) moved.add(+free)
  }
  return [...moved]
    .sort((a, b) => a - b)
    .map((at) => ({
      job,
      scheduledFor: new Date(at).toISOString(),
      day: dayOf(new Date(at), timezone),
    }))
}

/** The first occurrences after `from`; fewer where a year and a half has no more. */
export function nextOccurrences(scheduled: ScheduledJob, from: Date, count: number): Occurrence[] {
  const until = +from + 550 * 86_400_000
  const found: Occurrence[] = []
  // Ever longer spans: a job of each second is not computed for a day, and one of a year is found.
  for (let [begin, span] = [+from, 60_000]; begin < until && found.length < count; begin += span, span *= 4) {
    found.push(...occurrences(scheduled, new Date(begin), new Date(Math.min(begin + span, until))))
  }
  return found.slice(0, count)
}

/** The span of cron instants that may end up between two instants: days off and blackouts at its edges are taken in whole. */
function spanOf({ schedule, calendar }: ScheduledJob, zone: string, from: Date, to: Date): readonly [Date, Date] {
  if (calendar === undefined) return [from, to]
  const blackouts = calendar.blackouts.map(
    (blackout) => [local(blackout.from, zone), local(blackout.to, zone)] as const,
  )
  let begin = from
  const touching = () => blackouts.find(([opens, ends]) => opens < begin && ends >= begin)
  for (let one = touching(); one !== undefined; one = touching()) begin = one[0]
  const isOff = (day: string) => !isWorkingDay(day, calendar)
  if (schedule['on-day-off'] === 'after') {
    let day = dayOf(begin, zone)
    for (let n = 0; n < longestHoliday && isOff(daysAfter(day, -1)); n++) day = daysAfter(day, -1)
    begin = instantOf(day, '00:00', zone)
  }
  if (schedule['on-day-off'] !== 'before') return [begin, to]
  let day = daysAfter(dayOf(to, zone), 1)
  for (let n = 0; n < longestHoliday && isOff(day); n++) day = daysAfter(day, 1)
  return [begin, instantOf(day, '00:00', zone)]
}

const dayOf = (instant: Date, zone: string): string => DateTime.fromJSDate(instant, { zone }).toISODate() ?? ''

function onWorkingDay(
  instant: Date,
  onDayOff: Schedule['on-day-off'],
  calendar: Calendar,
  zone: string,
): Date | undefined {
  const wall = DateTime.fromJSDate(instant, { zone })
  const day = dayOf(instant, zone)
  if (isWorkingDay(day, calendar)) return instant
  if (onDayOff === 'skip') return undefined
  const other = nearestWorkingDay(day, onDayOff, calendar)
  return other === undefined ? undefined : instantOf(other, wall.toFormat('HH:mm:ss'), zone)
}

/** An instant within a blackout is put off to its end, which may lie in the next. */
function outOfBlackouts(instant: Date, blackouts: Calendar['blackouts'], zone: string): Date {
  const within = blackouts.find(({ from, to }) => local(from, zone) <= instant && instant < local(to, zone))
  return within === undefined ? instant : outOfBlackouts(local(within.to, zone), blackouts, zone)
}

function local(time: string, zone: string): Date {
  const [day = '', clock = ''] = time.split('T')
  return instantOf(day, clock, zone)
}
