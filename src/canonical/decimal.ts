import { Decimal as Exact } from 'decimal.js'

// Enough digits that no sum or product of the quantities, prices and amounts we admit (18 digits each) is ever rounded by itself.
const Arithmetic = Exact.clone({ precision: 80, rounding: Exact.ROUND_HALF_UP, toExpNeg: -1e9, toExpPos: 1e9 })

/** An exact decimal as text, canonical form: no exponent, no leading +, no trailing zeros after the point, no "-0". */
export type DecimalText = string & { readonly __decimal: unique symbol }

const PLAIN = /^[+-]?(\d+(\.\d*)?|\.\d+)$/

/** Takes plain decimal notation only; undefined when the text is not a decimal. No exponent: 1e3 in an extract is a mistake. */
export function parseDecimal(text: string): DecimalText | undefined {
  return PLAIN.test(text) ? canonicalText(new Arithmetic(text)) : undefined
}

/** For literals and values already checked; throws RangeError on anything that is not plain decimal notation. */
export function decimal(text: string | number | bigint): DecimalText {
  const value = parseDecimal(String(text))
  if (value === undefined) throw new RangeError(`not a decimal: ${text}`)
  return value
}

/** X12 type Nn: digits with n implied decimal places ("12345" as N2 is 123.45); a leading minus is allowed, a point is not. */
export function parseImplied(text: string, places: number): DecimalText | undefined {
  if (!/^-?\d+$/.test(text)) return undefined
  return canonicalText(new Arithmetic(text).div(new Arithmetic(10).pow(places)))
}

export const ZERO = decimal('0')
export const add = (a: DecimalText, b: DecimalText): DecimalText => canonicalText(new Arithmetic(a).plus(b))
/** Of any number of values, in a list: a call does not take a million of them. */
export const sumOf = (values: readonly DecimalText[]): DecimalText =>
  canonicalText(values.reduce((sum, value) => sum.plus(value), new Arithmetic(0)))
export const subtract = (a: DecimalText, b: DecimalText): DecimalText => canonicalText(new Arithmetic(a).minus(b))
export const multiply = (a: DecimalText, b: DecimalText): DecimalText => canonicalText(new Arithmetic(a).times(b))
export const negate = (a: DecimalText): DecimalText => canonicalText(new Arithmetic(a).negated())
export const absolute = (a: DecimalText): DecimalText => canonicalText(new Arithmetic(a).abs())
/** -1, 0 or 1. */
export const compare = (a: DecimalText, b: DecimalText): -1 | 0 | 1 => new Arithmetic(a).comparedTo(b) as -1 | 0 | 1
export const isZero = (a: DecimalText): boolean => new Arithmetic(a).isZero()
/** Half away from zero, the rounding commercial documents use. */
export const roundHalfUp = (a: DecimalText, places: number): DecimalText =>
  canonicalText(new Arithmetic(a).toDecimalPlaces(places, Exact.ROUND_HALF_UP))
/** Quotient rounded half up to `places`; throws RangeError on division by zero. */
export function divideRounded(a: DecimalText, b: DecimalText, places: number): DecimalText {
  if (isZero(b)) throw new RangeError('division by zero')
  return canonicalText(new Arithmetic(a).div(b).toDecimalPlaces(places, Exact.ROUND_HALF_UP))
}
/** With exactly `places` digits after the point, for files and screens: 12.5 -> "12.50". */
export const fixed = (a: DecimalText, places: number): string => new Arithmetic(a).toFixed(places, Exact.ROUND_HALF_UP)
/** How many digits stand after the point. */
export const scaleOf = (a: DecimalText): number => new Arithmetic(a).decimalPlaces()

function canonicalText(value: Exact): DecimalText {
  return (value.isZero() ? '0' : value.toFixed()) as DecimalText
}
