import { DateTime } from 'luxon'

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** Working time of a queue: hours count only inside it. */
export interface WorkingTime {
  readonly days: readonly (typeof weekdays)[number][]
  /** HH:mm local. */
  readonly from: string
  readonly to: string
  /** yyyy-MM-dd local. */
  readonly holidays: readonly string[]
}

/**
 * When a decision is due: `hours` of working time after `since` (ISO instant), or plain hours where the queue has no calendar.
 * A working day is from..to on the wall clock of `timezone`, so a DST change moves the instant, not the office hours.
 */
export function dueAt(since: string, hours: number, timezone: string, working?: WorkingTime): string {
  const start = DateTime.fromISO(since, { zone: timezone })
  if (working === undefined) return instant(start.plus({ hours }))
  let left = hours * 60
  let day = start.startOf('day')
  // Ten years of days: a calendar of holidays only must not loop for ever.
  for (let n = 0; n < 3660; n++, day = day.plus({ days: 1 })) {
    if (!works(day, working)) continue
    const opens = DateTime.max(at(day, working.from), start)
    const closes = at(day, working.to)
    const minutes = closes.diff(opens, 'minutes').minutes
    if (minutes <= 0) continue
    if (minutes >= left) return instant(opens.plus({ minutes: left }))
    left -= minutes
  }
  return instant(start.plus({ hours }))
}

const works = (day: DateTime, working: WorkingTime): boolean =>
  working.days.includes(weekdays[day.weekday - 1] ?? 'mon') && !working.holidays.includes(day.toISODate() ?? '')

function at(day: DateTime, time: string): DateTime {
  const [hour = '0', minute = '0'] = time.split(':')
  return day.set({ hour: Number(hour), minute: Number(minute) })
}

const instant = (time: DateTime): string => time.toUTC().toISO({ suppressMilliseconds: true }) ?? ''
