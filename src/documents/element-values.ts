import { type DecimalText, parseDecimal, parseImplied } from '../canonical/index.js'

const ZERO = 48
const NINE = 57
const POINT = 46

/** Type R. Plain numbers, as nearly all are, are taken without arithmetic. */
export const decimalOf = (value: string): DecimalText | undefined => plainDecimal(value) ?? parseDecimal(value)

/** Digits, maybe with a point among them and zeros at the end; undefined for any other number. */
function plainDecimal(value: string): DecimalText | undefined {
  let point = -1
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at)
    if (code === POINT && point < 0) point = at
    else if (code < ZERO || code > NINE) return undefined
  }
  const whole = point < 0 ? value.length : point
  if (whole === 0 || (whole > 1 && value.charCodeAt(0) === ZERO)) return undefined
  if (point < 0) return value as DecimalText
  let end = value.length
  while (value.charCodeAt(end - 1) === ZERO) end--
  return value.slice(0, end - 1 === point ? point : end) as DecimalText
}

/** Type Nn. Digits without a sign, as nearly all are, are taken without arithmetic. */
export const impliedOf = (value: string, places: number): DecimalText | undefined =>
  plainImplied(value, places) ?? parseImplied(value, places)

function plainImplied(value: string, places: number): DecimalText | undefined {
  const whole = value.length - places
  return whole < 1 ? undefined : plainDecimal(`${value.slice(0, whole)}.${value.slice(whole)}`)
}

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Type DT: CCYYMMDD that is a day of the calendar, as yyyy-MM-dd. */
export function dateOf(value: string): string | undefined {
  if (value.length !== 8) return undefined
  const year = digits(value, 0, 4)
  const month = digits(value, 4, 6)
  const day = digits(value, 6, 8)
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > (DAYS[month - 1] as number)) return undefined
  if (month === 2 && day === 29 && !isLeap(year)) return undefined
  return `${value.slice(0, 4)}-${value.slice(4, 6)}-${value.slice(6)}`
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

/** -1 when one of them is none. */
function digits(value: string, from: number, to: number): number {
  let number = 0
  for (let at = from; at < to; at++) {
    const code = value.charCodeAt(at)
    if (code < ZERO || code > NINE) return -1
    number = number * 10 + code - ZERO
  }
  return number
}
