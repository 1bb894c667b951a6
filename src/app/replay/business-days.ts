import { DateTime } from 'luxon'
import type { Calendar } from '../../config/index.js'

const weekdays: readonly Calendar['days'][number][] = ['mon', 'tue', 'wed', 'thu', 'fri']
const names: readonly Calendar['days'][number][] = [...weekdays, 'sat', 'sun']

/** Working days from one date to another, both counted (yyyy-MM-dd): those of the calendar, or Monday to Friday. */
export function businessDays(
  from: string,
  to: string,
  calendar: Pick<Calendar, 'days' | 'holidays'> = { days: [...weekdays], holidays: [] },
): string[] {
  const days: string[] = []
  for (let day = DateTime.fromISO(from, { zone: 'utc' }); ; day = day.plus({ days: 1 })) {
    const date = day.toISODate()
    if (date === null || date > to) return days
    const name = names[day.weekday - 1]
    if (name !== undefined && calendar.days.includes(name) && !calendar.holidays.includes(date)) days.push(date)
  }
}
