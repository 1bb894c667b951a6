import { type DecimalText, decimal, divideRounded, multiply, roundHalfUp } from '../canonical/index.js'
import type { PoLine } from './ledger-entries.js'

/** What a PO line comes to, or so much of it, in cents. */
export function amountOfOrder(order: PoLine, quantity = order.quantity): DecimalText {
  const amount = multiply(decimal(quantity), order.unitPrice)
  return roundHalfUp(order.basis === 'HP' ? divideRounded(amount, decimal(100), 6) : amount, 2)
}
