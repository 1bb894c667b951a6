import {
  absolute,
  add,
  type Charge,
  compare,
  type DecimalText,
  decimal,
  type InvoiceLine,
  multiply,
  negate,
  ZERO,
} from '../canonical/index.js'

interface Amounts {
  readonly lines: readonly InvoiceLine[]
  readonly charges: readonly Charge[]
}

const ONE = decimal('1')
const isNegative = (amount: DecimalText): boolean => compare(amount, ZERO) < 0

/**
 * Amounts and quantities so that they are positive where they go the way of the document. Some suppliers write a credit's numbers
 * negative, others positive: a credit whose lines, charges and taxes together come to less than nothing was written negative, and each
 * number in it is turned round. Then a price is never negative (its sign goes to the quantity) and neither is a charge (a negative
 * charge is an allowance, and the other way round). What still has a negative quantity is a line that goes against its document.
 */
export function directed(amounts: Amounts, credit: boolean): Amounts {
  const { lines, charges } = credit && isNegative(sumOf(amounts)) ? turned(amounts) : amounts
  return {
    lines: lines.map((line) => pricedPositive({ ...line, charges: line.charges.map(positive) })),
    charges: charges.map(positive),
  }
}

/** A price basis or a missing price may make the sum inexact, but not its sign where all numbers have one. */
function sumOf({ lines, charges }: Amounts): DecimalText {
  const amounts = [
    ...lines.map(({ quantity, unitPrice }) => multiply(quantity, unitPrice ?? ONE)),
    ...[...charges, ...lines.flatMap((line) => line.charges)].map(({ kind, amount }) =>
      kind === 'A' ? negate(amount) : amount,
    ),
  ]
  return amounts.reduce((sum, amount) => add(sum, amount), ZERO)
}

const turned = ({ lines, charges }: Amounts): Amounts => ({
  lines: lines.map((line) => ({ ...line, quantity: negate(line.quantity), charges: line.charges.map(turnedCharge) })),
  charges: charges.map(turnedCharge),
})

const turnedCharge = (charge: Charge): Charge => ({ ...charge, amount: negate(charge.amount) })

const positive = (charge: Charge): Charge =>
  isNegative(charge.amount)
    ? { ...charge, kind: charge.kind === 'A' ? 'C' : 'A', amount: absolute(charge.amount) }
    : charge

const pricedPositive = (line: InvoiceLine): InvoiceLine =>
  line.unitPrice !== undefined && isNegative(line.unitPrice)
    ? { ...line, quantity: negate(line.quantity), unitPrice: absolute(line.unitPrice) }
    : line
