import type { XlsxCell } from './sheet-rows.js'

const DAY = 86_400_000
/** Day 0 of the serial numbers; the error in Excel's calendar before March 1900 is passed over. */
const [FROM_1900, FROM_1904] = [Date.UTC(1899, 11, 30), Date.UTC(1904, 0, 1)]

/** A day as yyyy-MM-dd, whether it was kept as a date or typed as text; other text as it is. */
export function cellDay({ kind, text }: XlsxCell, from1904: boolean): string {
  const serial = Number(text)
  if (kind !== 'number' || !Number.isFinite(serial) || serial < 1 || serial > 2_958_465) return text.trim()
  return new Date((from1904 ? FROM_1904 : FROM_1900) + Math.floor(serial) * DAY).toISOString().slice(0, 10)
}
