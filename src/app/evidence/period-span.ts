import { DateTime } from 'luxon'
import type { Span } from '../../state/index.js'

/** The days of a period as instants: from the beginning of the first to that of the day after the last, in the zone of the workspace. */
export function spanOf(firstDay: string, lastDay: string, zone: string): Span {
  const instant = (day: DateTime): string => day.startOf('day').toUTC().toISO() ?? ''
  return {
    from: instant(DateTime.fromISO(firstDay, { zone })),
    until: instant(DateTime.fromISO(lastDay, { zone }).plus({ days: 1 })),
  }
}

/** yyyy-MM-dd. */
export const dayBefore = (day: string): string => DateTime.fromISO(day).minus({ days: 1 }).toISODate() ?? ''
