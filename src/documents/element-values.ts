import { type DecimalText, parseDecimal, parseImplied } from '../canonical/index.js'
import { FULL_STOP, NINE, ZERO } from '../formats/x12/character-codes.js'
import { NO_CODE, textOfCode } from '../formats/x12/code-text.js'
import { KINDS, NUMBER_SHIFT } from '../formats/x12/element-marks.js'
import { bitOf, codeText, type DecodedSegment, DIGIT, kindsIn, POINT } from '../formats/x12/index.js'
import { PLACE } from '../formats/x12/placed-text.js'

/** Type R. Plain numbers, as nearly all are, are taken without arithmetic. */
export const decimalOf = (value: string): DecimalText | undefined =>
  plainDecimal(value, kindsIn(value, 0, value.length), 0, value.length) ?? parseDecimal(value)

/** The same of an element as it stands; undefined for one that is not plain, or not there. */
export function plainElement({ placed, first, shape }: DecodedSegment, position: number): DecimalText | undefined {
  if ((shape.present & bitOf(position)) === 0) return undefined
  const { text, places } = placed
  const at = first + PLACE * position
  const marks = places[at + 1] as number
  const number = marks >>> NUMBER_SHIFT
  const from = (places[at] as number) + 1
  const to = places[at + PLACE] as number
  // A short number is at hand; one with zeros in front is not written so here.
  if (number !== NO_CODE && (marks & KINDS) === DIGIT && (to - from === 1 || !startsWithZero(text, from)))
    return textOfCode(number, text, from, to) as DecimalText
  return plainDecimal(text, marks & KINDS, from, to)
}

/** Digits, maybe with a point among them and zeros at the end; undefined for any other number. `kinds` are those of the characters. */
function plainDecimal(text: string, kinds: number, from: number, to: number): DecimalText | undefined {
  if (kinds === DIGIT) return to - from > 1 && startsWithZero(text, from) ? undefined : asDecimal(text, from, to)
  if (kinds !== (DIGIT | POINT)) return undefined
  let point = from
  while (text.charCodeAt(point) !== FULL_STOP) point++
  for (let at = point + 1; at < to; at++) if (text.charCodeAt(at) === FULL_STOP) return undefined
  if (point === from || (point - from > 1 && startsWithZero(text, from))) return undefined
  return asDecimal(text, from, withoutZeros(text, point, to))
}

const startsWithZero = (text: string, from: number): boolean => text.charCodeAt(from) === ZERO
const asDecimal = (text: string, from: number, to: number): DecimalText => codeText(text, from, to) as DecimalText

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

const DATE_DIGITS = 8
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** A file says the same few days again and again: each is kept in the place of its number, until another one of that place comes. */
const KEPT = 4096
const keptNumbers = new Int32Array(KEPT)
const keptDays = new Array<string>(KEPT).fill('')

/** Type DT: CCYYMMDD that is a day of the calendar, as yyyy-MM-dd. */
export function dateOf(value: string): string | undefined {
  return value.length === DATE_DIGITS && kindsIn(value, 0, DATE_DIGITS) === DIGIT ? dayAt(value, 0) : undefined
}

/** The same of an element as it stands; undefined for one that is no such date, or not there. */
export function plainDate({ placed, first, shape }: DecodedSegment, position: number): string | undefined {
  const { text, places } = placed
  const at = first + PLACE * position
  if ((shape.present & bitOf(position)) === 0 || ((places[at + 1] as number) & KINDS) !== DIGIT) return undefined
  const from = (places[at] as number) + 1
  return (places[at + PLACE] as number) - from === DATE_DIGITS ? dayAt(text, from) : undefined
}

/** Of eight digits in a text. */
function dayAt(text: string, from: number): string | undefined {
  let number = 0
  for (let at = from; at < from + DATE_DIGITS; at++) number = number * 10 + text.charCodeAt(at) - ZERO
  const place = number % KEPT
  if (keptNumbers[place] === number && number > 0) return keptDays[place]
  const day = dayOf(text.substring(from, from + DATE_DIGITS), number)
  if (day !== undefined) {
    keptNumbers[place] = number
    keptDays[place] = day
  }
  return day
}

function dayOf(value: string, number: number): string | undefined {
  const year = Math.trunc(number / 10_000)
  const month = Math.trunc(number / 100) % 100
  const day = number % 100
  if (month < 1 || month > 12 || day < 1 || day > (DAYS[month - 1] as number)) return undefined
  if (month === 2 && day === 29 && !isLeap(year)) return undefined
  return `${value.slice(0, 4)}-${value.slice(4, 6)}-${value.slice(6)}`
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
