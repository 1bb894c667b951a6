/**
 * The version of the standard that GS08 names: 004010 of 004010VICS, also where it is written 4010 or, as in an ISA, 00401. Undefined
 * where it names none.
 */
export function standardVersion(gs08: string): string | undefined {
  const [digits] = /^\d{4,6}(?!\d)/.exec(gs08) ?? []
  return digits?.length === 5 ? `${digits}0` : digits?.padStart(6, '0')
}

/** The first version whose dates have eight digits. */
const LONG_DATES = '004010'

/** Asked of every set, and its answer is mostly that of the last. */
let last = { gs08: '', short: false }

/** Dates have six digits before 004010. */
export function hasShortDates(gs08: string): boolean {
  if (last.gs08 !== gs08) {
    const version = standardVersion(gs08)
    last = { gs08, short: version !== undefined && version < LONG_DATES }
  }
  return last.short
}
