import type { XlsxCell } from './sheet-rows.js'

const DAY = 86_400_000
/** Day 0 of the serial numbers; the error in Excel's calendar before March 1900 is passed over. */
const [FROM_1900, FROM_1904] = [Date.UTC(1899, 11, 30), Date.UTC(1904, 0, 1)]
const LAST_DAY = 2_958_465

/** A day as yyyy-MM-dd, whether it was kept as a date or typed as text; other text as it is. */
export function cellDay({ kind, text }: XlsxCell, from1904: boolean): string {
  const serial = Number(text)
  if (kind !== 'number' || !Number.isFinite(serial) || serial < 1 || serial > LAST_DAY) return text.trim()
  return new Date((from1904 ? FROM_1904 : FROM_1900) + Math.floor(serial) * DAY).toISOString().slice(0, 10)
}

/** A stored date, with its time of day where it has one: yyyy-MM-dd or yyyy-MM-dd HH:mm:ss. Cells hold no zone. */
export function cellInstant(stored: string, from1904: boolean): string {
  const serial = Number(stored)
  if (!Number.isFinite(serial) || serial < 0 || serial > LAST_DAY + 1) return stored
  // Times are fractions of a day in binary; a second is far more than what is lost in them.
  const instant = (from1904 ? FROM_1904 : FROM_1900) + Math.round(serial * 86_400) * 1000
  return new Date(instant).toISOString().replace('T00:00:00.000Z', '').replace('T', ' ').replace('.000Z', '')
}
