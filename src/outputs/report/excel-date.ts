import { DateTime } from 'luxon'

// Excel's calendar is wrong before March 1900, and bad partner data does name the year 0020.
const FIRST_YEAR = 1901

/** An ISO instant as the wall clock of the zone shows it; spreadsheets know no zones. undefined: not an instant they can hold. */
export function wallClock(instant: string, timezone: string): Date | undefined {
  const key = `${timezone} ${instant}`
  if (!known.has(key)) {
    if (known.size >= KEPT) known.clear()
    known.set(
      key,
      spreadsheetDate(DateTime.fromISO(instant, { zone: timezone }).setZone('utc', { keepLocalTime: true })),
    )
  }
  return known.get(key)
}

// Zones are slow to ask, and the rows of a night share few instants.
const known = new Map<string, Date | undefined>()
const KEPT = 10_000

/** A day (yyyy-MM-dd). */
export const calendarDay = (day: string): Date | undefined => spreadsheetDate(DateTime.fromISO(day, { zone: 'utc' }))

const spreadsheetDate = (date: DateTime): Date | undefined =>
  date.isValid && date.year >= FIRST_YEAR ? date.startOf('second').toJSDate() : undefined
