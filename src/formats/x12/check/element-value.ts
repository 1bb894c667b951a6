import type { ElementGuide } from '../guide/guide.js'
import { isDate, isTime } from './date-time.js'
import type { ElementCode } from './findings.js'

const SPACE = 0x20
const ZERO = 0x30
const NINE = 0x39
const MINUS = 0x2d
const POINT = 0x2e
const LETTER_E = 0x45

/** What the version allows, and the separators that no single value may hold: -1 where one is not known. */
export interface Strictness {
  /** A decimal number may have an exponent, from 005010 on. */
  readonly exponents: boolean
  readonly componentSeparator: number
  readonly repetitionSeparator: number
}

/** The AK403 code of what is wrong with the value of a simple element; undefined when nothing is. The value is not blank. */
export function valueProblem(value: string, guide: ElementGuide, strictness: Strictness): ElementCode | undefined {
  switch (guide.type) {
    case 'AN':
      return stringProblem(value, guide, strictness)
    case 'ID':
      if (guide.codes?.has(value) === true) return undefined
      return stringProblem(value, guide, strictness) ?? codeProblem(value, guide)
    case 'N':
    case 'R':
      return numberProblem(value, guide, strictness)
    case 'DT':
      return dateProblem(value, guide)
    case 'TM':
      return timeProblem(value, guide)
    default:
      return undefined
  }
}

/** Trailing spaces count where the value would be too short without them, and nowhere else. */
function stringProblem(
  value: string,
  { min, max }: ElementGuide,
  { componentSeparator, repetitionSeparator }: Strictness,
): ElementCode | undefined {
  const end = endOf(value)
  for (let i = 0; i < end; i++) {
    const character = value.charCodeAt(i)
    if (character < SPACE) return '6'
    if (character === componentSeparator) return '13'
    if (character === repetitionSeparator) return '12'
    if (character >= 0x7f && (character < 0xa0 || character === 0xfffd)) return '6'
  }
  if (value.length < min) return '4'
  return end > max ? '5' : undefined
}

function codeProblem(value: string, { codes }: ElementGuide): ElementCode | undefined {
  if (codes === undefined) return undefined
  const end = endOf(value)
  return end < value.length && codes.has(value.slice(0, end)) ? undefined : '7'
}

/** Sign, decimal point and leading zeros do not count; leading zeros do where the value would be too short without them. */
function numberProblem(
  value: string,
  { type, min, max }: ElementGuide,
  { exponents }: Strictness,
): ElementCode | undefined {
  const end = endOf(value)
  let digits = 0
  let significant = 0
  let points = type === 'R' ? 0 : 1
  for (let i = value.charCodeAt(0) === MINUS ? 1 : 0; i < end; i++) {
    const character = value.charCodeAt(i)
    if (character >= ZERO && character <= NINE) {
      digits++
      if (significant > 0 || character !== ZERO) significant++
    } else if (character === POINT && points === 0) {
      points++
    } else if (character === LETTER_E && type === 'R' && exponents && digits > 0 && isExponent(value, i + 1, end)) {
      break
    } else {
      return '6'
    }
  }
  if (digits === 0) return '6'
  if (digits < min) return '4'
  return significant > max ? '5' : undefined
}

function isExponent(value: string, from: number, end: number): boolean {
  return /^-?\d{1,3}$/.test(value.slice(from, end))
}

function dateProblem(value: string, { min, max }: ElementGuide): ElementCode | undefined {
  const end = endOf(value)
  if (!isDigits(value, end)) return '8'
  if (end < min) return '4'
  if (end > max) return '5'
  return isDate(value, end) ? undefined : '8'
}

function timeProblem(value: string, { min, max }: ElementGuide): ElementCode | undefined {
  const end = endOf(value)
  if (!isDigits(value, end)) return '9'
  if (end < min) return '4'
  if (end > max) return '5'
  return isTime(value, end) ? undefined : '9'
}

function isDigits(value: string, end: number): boolean {
  for (let i = 0; i < end; i++) {
    const character = value.charCodeAt(i)
    if (character < ZERO || character > NINE) return false
  }
  return true
}

/** Where the value ends without its trailing spaces. */
function endOf(value: string): number {
  let end = value.length
  while (end > 0 && value.charCodeAt(end - 1) === SPACE) end--
  return end
}
