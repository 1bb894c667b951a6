import type { DecimalText } from '../../canonical/index.js'

/** A double holds every decimal of so many digits and gives it back unchanged. */
const EXACT_DIGITS = 15

/**
 * The one place where a decimal becomes the double a spreadsheet stores. undefined when the double could not give the same decimal
 * back (more than 15 significant digits): such a value is shown as text, exact, and formulas pass over it.
 */
export function excelNumber(value: DecimalText): number | undefined {
  const digits = value.replace(/^-/, '').replace('.', '').replace(/^0+/, '')
  const significant = value.includes('.') ? digits : digits.replace(/0+$/, '')
  return significant.length > EXACT_DIGITS ? undefined : Number(value)
}
