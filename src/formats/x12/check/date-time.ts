import { ZERO } from '../character-codes.js'

/**
 * CCYYMMDD, or YYMMDD where there are six digits (then every fourth year has a 29 February). Everything in `value` from `from` up to `end`
 * must be digits.
 */
export function isDate(value: string, end: number, from = 0): boolean {
  const length = end - from
  if (length !== 6 && length !== 8) return false
  const month = twoDigits(value, end - 4)
  const day = twoDigits(value, end - 2)
  if (month < 1 || month > 12 || day < 1) return false
  if (day <= 28) return true
  const year = length === 8 ? twoDigits(value, from) * 100 + twoDigits(value, from + 2) : twoDigits(value, from)
  return day <= daysIn(month, year, length === 8)
}

/** HHMM, HHMMSS, HHMMSSD or HHMMSSDD. All of `value` up to `end` are digits. */
export function isTime(value: string, end: number): boolean {
  if (end === 5) return false
  return twoDigits(value, 0) < 24 && twoDigits(value, 2) < 60 && (end < 6 || twoDigits(value, 4) < 60)
}

function daysIn(month: number, year: number, wholeYear: boolean): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
  const leap = year % 4 === 0 && (!wholeYear || year % 100 !== 0 || year % 400 === 0)
  return leap ? 29 : 28
}

const twoDigits = (value: string, at: number): number =>
  (value.charCodeAt(at) - ZERO) * 10 + value.charCodeAt(at + 1) - ZERO
