import type { Calendar } from '../config/index.js'

const weekdays: readonly Calendar['days'][number][] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

/** More days off in a row than any calendar of people has. */
export const longestHoliday = 31

/** Whether someone works on the day (yyyy-MM-dd). */
export function isWorkingDay(day: string, calendar: Pick<Calendar, 'days' | 'holidays'>): boolean {
  const name = weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()]
  return name !== undefined && calendar.days.includes(name) && !calendar.holidays.includes(day)
}

/** The day itself, or the nearest working day before or after it; undefined where a month has none. */
export function nearestWorkingDay(
  day: string,
  direction: 'before' | 'after',
  calendar: Pick<Calendar, 'days' | 'holidays'>,
): string | undefined {
  for (let n = 0; n <= longestHoliday; n++) {
    const other = daysAfter(day, direction === 'after' ? n : -n)
    if (isWorkingDay(other, calendar)) return other
  }
  return undefined
}

/** The day so many days after another; both yyyy-MM-dd. */
export const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
