/** Exponents as money, quantities and factors have them; beyond, the number stays as it is written. */
const MOST_ZEROS = 40

/** A JSON number in plain notation, all its digits kept: 0.10 stays 0.10, 1e3 is 1000, 12.5E-3 is 0.0125. */
export function numberText(written: string): string {
  const [, sign = '', whole = '', fraction = '', exponent] = /^(-?)(\d+)(?:\.(\d+))?[eE]([+-]?\d+)$/.exec(written) ?? []
  if (exponent === undefined || Math.abs(Number(exponent)) > MOST_ZEROS) return written
  const point = whole.length + Number(exponent)
  const digits = whole + fraction
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  const before = digits
    .slice(0, point)
    .padEnd(point, '0')
    .replace(/^0+(?=\d)/, '')
  const behind = digits.slice(point)
  return `${sign}${before}${behind === '' ? '' : `.${behind}`}`
}
