import {
  absolute,
  type Charge,
  type DecimalText,
  decimal,
  type InvoiceCharge,
  type InvoiceLine,
  multiply,
  negate,
  sumOf,
} from '../canonical/index.js'

export interface Amounts {
  readonly lines: readonly InvoiceLine[]
  readonly charges: readonly InvoiceCharge[]
}

const ONE = decimal('1')
/** Canonical text writes no other number with a minus. */
const isNegative = (amount: DecimalText): boolean => amount.charCodeAt(0) === 45

/**
 * Amounts and quantities so that they are positive where they go the way of the document. Some suppliers write a credit's numbers
 * negative, others positive: a credit whose lines, charges and taxes together come to less than nothing was written negative, and each
 * number in it is turned round. Then a price is never negative (its sign goes to the quantity) and neither is a charge (a negative
 * charge is an allowance, and the other way round). What still has a negative quantity is a line that goes against its document.
 */
export function directed(amounts: Amounts, credit: boolean): Amounts {
  const { lines, charges } = credit && isNegative(inAll(amounts)) ? turned(amounts) : amounts
  return { lines: lines.map(positiveLine), charges: charges.map(positive) }
}

/** A price basis or a missing price may make the sum inexact, but not its sign where all numbers have one. */
export function inAll({ lines, charges }: Amounts): DecimalText {
  return sumOf([
    ...lines.map(({ quantity, unitPrice }) => multiply(quantity, unitPrice ?? ONE)),
    ...[...charges, ...lines.flatMap((line) => line.charges)].map(({ kind, amount }) =>
      kind === 'A' ? negate(amount) : amount,
    ),
  ])
}

/** Each number with the other sign. */
export const turned = ({ lines, charges }: Amounts): Amounts => ({
  lines: lines.map((line) => ({ ...line, quantity: negate(line.quantity), charges: line.charges.map(turnedCharge) })),
  charges: charges.map(turnedCharge),
})

/** One that is said twice has its amount in `stated`; otherwise that is as sent. */
function turnedCharge(charge: InvoiceCharge): InvoiceCharge {
  const { taxes } = charge
  const turned = {
    ...charge,
    amount: negate(charge.amount),
    ...(taxes === undefined ? {} : { taxes: taxes.map((tax) => ({ ...tax, amount: negate(tax.amount) })) }),
  }
  return charge.repeated && charge.stated !== undefined ? { ...turned, stated: negate(charge.stated) } : turned
}

/** Most lines are so already, and stay the objects they are. */
function positiveLine(line: InvoiceLine): InvoiceLine {
  const { quantity, unitPrice } = line
  const isTurned = line.charges.length > 0 && line.charges.some(({ amount }) => isNegative(amount))
  const charged = isTurned ? { ...line, charges: line.charges.map(positive) } : line
  if (unitPrice === undefined || !isNegative(unitPrice)) return charged
  return { ...charged, quantity: negate(quantity), unitPrice: absolute(unitPrice) }
}

/** A negative charge is an allowance, and the other way round. */
export const positive = <Each extends Charge>(charge: Each): Each =>
  isNegative(charge.amount)
    ? { ...charge, kind: charge.kind === 'A' ? 'C' : 'A', amount: absolute(charge.amount) }
    : charge
