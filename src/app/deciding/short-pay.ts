import {
  absolute,
  compare,
  type DecimalText,
  decimal,
  divideRounded,
  type ExceptionCode,
  isZero,
  multiply,
  negate,
  roundHalfUp,
  subtract,
  sumOf,
  ZERO,
} from '../../canonical/index.js'
import type { LoadLine } from '../../outputs/load/index.js'
import type { StoredResult } from '../../state/index.js'

type Line = Omit<LoadLine, 'number'>

/** A code of an invoice that is to be paid short, and the money it says is too much. */
export interface Shortened {
  readonly code: ExceptionCode
  readonly amount: DecimalText
}

/**
 * What an exception says is too much of what a load would pay. A line is paid at quantity times price, so where the supplier states more
 * for it than that, nothing is.
 */
export function tooMuch({
  code,
  values,
  amountAtRisk,
}: {
  readonly code: ExceptionCode
  readonly values: Readonly<Record<string, string | null>>
  readonly amountAtRisk: DecimalText
}): DecimalText {
  const [stated, due] = [exact(values['stated amount']), exact(values['quantity x price'])]
  const isStatedHigher = stated !== undefined && due !== undefined && compare(stated, due) > 0
  return code === 'INV-EXTENDED' && isStatedHigher ? ZERO : amountAtRisk
}

/** Decimals of a quantity that ends in none: 7 of a case of 12. */
const QUANTITY_PLACES = 6

/**
 * A line of goods as our own records give it: at the lower of billed and PO price where the price is paid short, and for no more than
 * what was ordered or received where the quantity is. Undefined when nothing is left of it.
 */
export function shortLine(line: Line, { result }: StoredResult, short: readonly Shortened[]): Line | undefined {
  if (line.quantity === undefined || line.unitPrice === undefined) return line
  const codes = new Set(short.map(({ code }) => code))
  const quantity = paidQuantity(line.quantity, result, codes)
  if (isZero(quantity)) return undefined
  const expected = exact(result.expected_price)
  const unitPrice =
    codes.has('INV-PRICE') && expected !== undefined
      ? lower(line.unitPrice, priceOfOne(expected, result, line.unitPrice))
      : line.unitPrice
  return { ...line, quantity, unitPrice, amount: roundHalfUp(multiply(quantity, unitPrice), 2) }
}

function paidQuantity(
  billed: DecimalText,
  result: StoredResult['result'],
  codes: ReadonlySet<ExceptionCode>,
): DecimalText {
  const [invoiced, inAll] = [exact(result.invoiced_base), exact(result.billed_base)]
  if (invoiced === undefined || inAll === undefined || isZero(invoiced)) return billed
  const over = (code: ExceptionCode, limit: DecimalText | undefined): DecimalText =>
    codes.has(code) && limit !== undefined ? between(ZERO, subtract(inAll, limit), invoiced) : ZERO
  const cut = higher(
    over('INV-QTY-ORDERED', exact(result.ordered_base)),
    over('INV-QTY-RECEIVED', exact(result.received_base)),
  )
  if (isZero(cut)) return billed
  return divideRounded(multiply(billed, subtract(invoiced, cut)), invoiced, QUANTITY_PLACES)
}

/** The PO price is told per price basis of the invoice, the load wants it per unit: both by the same factor. */
function priceOfOne(expected: DecimalText, { unit_price }: StoredResult['result'], perUnit: DecimalText): DecimalText {
  const billed = exact(unit_price)
  if (billed === undefined || isZero(billed)) return expected
  return divideRounded(multiply(expected, perUnit), billed, 12)
}

/** What is too much of freight, tax or a line's amount, as lines that take it off; the largest charge of its kind first. */
export function shortCharges(lines: readonly Line[], short: readonly Shortened[]): Line[] {
  return short.flatMap(({ code, amount }): Line[] => {
    if (isZero(amount)) return []
    const description = `Short-paid: ${code}`
    if (code === 'INV-TAX') return [{ type: 'TAX', amount: negate(lower(amount, taxesOf(lines))), description }]
    if (code === 'INV-FREIGHT' || code === 'INV-EXTENDED')
      return [
        { type: code === 'INV-FREIGHT' ? 'FREIGHT' : 'MISCELLANEOUS', amount: negate(absolute(amount)), description },
      ]
    return []
  })
}

const taxesOf = (lines: readonly Line[]): DecimalText =>
  sumOf(lines.filter(({ type }) => type === 'TAX').map(({ amount }) => amount))

const exact = (value: string | number | boolean | null | undefined): DecimalText | undefined =>
  value === null || value === undefined ? undefined : decimal(String(value))
const lower = (a: DecimalText, b: DecimalText): DecimalText => (compare(a, b) <= 0 ? a : b)
const higher = (a: DecimalText, b: DecimalText): DecimalText => (compare(a, b) >= 0 ? a : b)
const between = (least: DecimalText, value: DecimalText, most: DecimalText): DecimalText =>
  higher(least, lower(value, most))
