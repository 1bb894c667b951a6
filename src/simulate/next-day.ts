import { decimal, divideRounded, multiply, negate, roundHalfUp } from '../canonical/index.js'
import { REPRICED_DAYS_AGO } from './contract-prices.js'
import type { Ledger } from './ledger.js'
import type { Bill, PoLine, Voucher } from './ledger-entries.js'
import type { ExpectedException } from './night-truth.js'

/** So many lines are still without their receipt a day later. */
const STILL_MISSING = 2

/** One more day in the books: receipts, vouchers, the contract. Gives back the exceptions that are gone by themselves. */
export function liveOneMoreDay(ledger: Ledger): ExpectedException[] {
  const of = (code: string): ExpectedException[] => ledger.expected.filter((expected) => expected.code === code)
  const short = of('INV-QTY-RECEIVED')
  const missing = of('INV-NO-RECEIPT').slice(STILL_MISSING)
  const waiting = ledger.bills
    .filter(({ fate }) => fate === 'waiting')
    .flatMap(({ lines }) => lines.map(({ order }) => order))
  for (const order of [...short, ...missing].map((expected) => lineOf(ledger, expected)).concat(waiting))
    receiveRest(ledger, order)
  const repriced = of('PRICE-CONTRACT')
  putContractRight(ledger)
  for (const bill of ledger.bills.filter(({ fate }) => fate === 'clean'))
    ledger.vouchers.push(...vouchersOf(bill, ledger))
  return [...short, ...missing, ...repriced]
}

function lineOf(ledger: Ledger, { keys }: ExpectedException): PoLine {
  const found = ledger.poLines.find(
    (order) => order.company.company === keys.company && order.po === keys.po && order.line === keys.line,
  )
  if (found === undefined) throw new RangeError(`no PO line ${keys.po} ${keys.line}`)
  return found
}

function receiveRest(ledger: Ledger, order: PoLine): void {
  const come = ledger.receipts
    .filter((receipt) => receipt.order === order)
    .reduce((sum, { quantity }) => sum + quantity, 0)
  ledger.receive(0, [order, order.quantity - come])
}

/** The lower price was a mistake of the contract desk: the old one goes on. */
function putContractRight(ledger: Ledger): void {
  ledger.contractPrices = ledger.contractPrices
    .filter(({ from }) => from !== ledger.daysAgo(REPRICED_DAYS_AGO))
    .map((price) =>
      price.to === ledger.daysAgo(REPRICED_DAYS_AGO + 1) ? { ...price, to: ledger.daysAgo(-200) } : price,
    )
}

/** What was loaded stands in the ERP, line by line in the units and at the prices billed. */
function vouchersOf(bill: Bill, ledger: Ledger): Voucher[] {
  const number = ledger.voucherNumber()
  return bill.lines.map(({ order, quantity, uom, unitPrice, basis }, index) => {
    const each = basis === 'HP' ? divideRounded(unitPrice, decimal(100), 6) : unitPrice
    const amount = roundHalfUp(multiply(decimal(quantity), each), 2)
    return {
      order,
      number,
      line: String(index + 1),
      invoice: bill.number,
      invoiceDate: bill.date,
      quantity: bill.credit ? -quantity : quantity,
      uom,
      unitPrice: each,
      amount: bill.credit ? negate(amount) : amount,
      status: 'open',
    }
  })
}
