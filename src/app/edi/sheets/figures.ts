import {
  type DecimalText,
  decimal,
  divideRounded,
  fixed,
  grouped,
  multiply,
  scaleOf,
  unitsOfBasis,
} from '../../../canonical/index.js'

/** 1234.5 as "1,234.5", with at least so many digits after the point. Nothing is rounded. */
export function figure(value: DecimalText, places = 0): string {
  const [whole = '0', fraction] = fixed(value, Math.max(places, scaleOf(value))).split('.')
  return fraction === undefined ? grouped(whole) : `${grouped(whole)}.${fraction}`
}

export const amount = (value: DecimalText, currency?: string): string =>
  currency === undefined ? figure(value, 2) : `${currency} ${figure(value, 2)}`

/** Element 639 where the price is for more than one unit, beside what is matched. */
const perUnits: Readonly<Record<string, string>> = { HF: '100', HT: '100000', PN: '10', TF: '1000', TT: '10000' }

/** How many units a price is for. */
export const unitsPriced = (basis: string | undefined): DecimalText =>
  unitsOfBasis(basis) ?? decimal((basis && perUnits[basis]) ?? '1')

/** Quantity times unit price, to the cent; undefined when one is missing. */
export function extended(
  quantity: DecimalText | undefined,
  price: DecimalText | undefined,
  basis: string | undefined,
): DecimalText | undefined {
  if (quantity === undefined || price === undefined) return undefined
  return divideRounded(multiply(quantity, price), unitsPriced(basis), 2)
}
