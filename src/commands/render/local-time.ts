/** An ISO instant on the wall clock of the zone, to the minute: 2026-11-25 11:00. */
export function localTime(instant: string, timezone: string): string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short', timeStyle: 'short' })
  return format.format(new Date(instant))
}
