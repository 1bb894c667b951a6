import { type DecimalText, parseDecimal, parseImplied } from '../canonical/index.js'
import { bitOf, codeText, type DecodedSegment } from '../formats/x12/index.js'

const ZERO = 48
const NINE = 57
const POINT = 46

/** Type R. Plain numbers, as nearly all are, are taken without arithmetic. */
export const decimalOf = (value: string): DecimalText | undefined =>
  plainDecimal(value, 0, value.length) ?? parseDecimal(value)

/** The same of an element as it stands; undefined for one that is not plain, or not there. */
export function plainElement(
  { text, cuts, first, present }: DecodedSegment,
  position: number,
): DecimalText | undefined {
  if ((present & bitOf(position)) === 0) return undefined
  const at = first + position
  return plainDecimal(text, (cuts[at] as number) + 1, cuts[at + 1] as number)
}

/** Digits, maybe with a point among them and zeros at the end; undefined for any other number. */
function plainDecimal(text: string, from: number, to: number): DecimalText | undefined {
  let point = to
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    if (code === POINT && point === to) point = at
    else if (code < ZERO || code > NINE) return undefined
  }
  if (point === from || (point - from > 1 && text.charCodeAt(from) === ZERO)) return undefined
  return codeText(text, from, point === to ? to : withoutZeros(text, point, to)) as DecimalText
}

/** Where the digits behind a point end; at the point where there are none but zeros. */
function withoutZeros(text: string, point: number, to: number): number {
  let end = to
  while (end > point + 1 && text.charCodeAt(end - 1) === ZERO) end--
  return end - 1 === point ? point : end
}

/** Type Nn. Digits without a sign, as nearly all are, are taken without arithmetic. */
export const impliedOf = (value: string, places: number): DecimalText | undefined =>
  plainImplied(value, places) ?? parseImplied(value, places)

function plainImplied(value: string, places: number): DecimalText | undefined {
  const whole = value.length - places
  if (whole < 1 || (whole > 1 && value.charCodeAt(0) === ZERO)) return undefined
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at)
    if (code < ZERO || code > NINE) return undefined
  }
  const end = withoutZeros(value, whole - 1, value.length)
  return (end < whole ? value.slice(0, whole) : `${value.slice(0, whole)}.${value.slice(whole, end)}`) as DecimalText
}

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** A file says the same few days again and again. */
const known = new Map<number, string>()
const MOST_KNOWN = 4096

/** Type DT: CCYYMMDD that is a day of the calendar, as yyyy-MM-dd. */
export function dateOf(value: string): string | undefined {
  if (value.length !== 8) return undefined
  const number = numberOf(value)
  return number < 0 ? undefined : (known.get(number) ?? dayOf(value, number))
}

function dayOf(value: string, number: number): string | undefined {
  const year = Math.trunc(number / 10_000)
  const month = Math.trunc(number / 100) % 100
  const day = number % 100
  if (month < 1 || month > 12 || day < 1 || day > (DAYS[month - 1] as number)) return undefined
  if (month === 2 && day === 29 && !isLeap(year)) return undefined
  const date = `${value.slice(0, 4)}-${value.slice(4, 6)}-${value.slice(6)}`
  if (known.size < MOST_KNOWN) known.set(number, date)
  return date
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

/** -1 where it is not all digits. */
function numberOf(value: string): number {
  let number = 0
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at)
    if (code < ZERO || code > NINE) return -1
    number = number * 10 + code - ZERO
  }
  return number
}
