import { type DecimalText, decimal, multiply, roundHalfUp } from '../canonical/index.js'
import { type Fault, faultsOf } from './fault.js'
import type { PoLine } from './ledger-entries.js'
import { amountOfOrder } from './order-amount.js'
import type { Planter } from './planting.js'
import { requisitionOf } from './requisition-book.js'

const fault = faultsOf('requisition-to-pay')
const odd = (name: string, says: string, plant: Fault['plant']): Fault => fault(name, null, says, plant)

/** What may stay too long on its way from requisition to payment, or take another way. */
export const requisitionFaults: readonly Fault[] = [
  fault('requisition-not-approved', 'REQ-STUCK', 'waits too long for its approval', (planter) => {
    asked(planter, { requestedDaysAgo: 4 }, 'requested')
  }),
  fault('requisition-not-ordered', 'REQ-STUCK', 'approved, and not ordered in time', (planter) => {
    asked(planter, { requestedDaysAgo: 6, approvedDaysAgo: 4 }, 'approved')
  }),
  fault('order-not-received', 'REQ-STUCK', 'ordered, and the goods do not come', (planter) => {
    const { spoiled } = planter.open({ received: 0, others: 0, ordered: 31 })
    stuck(planter, spoiled, 'ordered', 'ordered 31 days ago')
  }),
  fault('invoice-not-paid', 'REQ-STUCK', 'vouchered, and not paid in time', (planter) => {
    const { spoiled } = planter.open({ others: 0, ordered: 60, receivedDaysAgo: 52 })
    planter.ledger.pay(46, [[spoiled, spoiled.quantity]], { status: 'open' })
    stuck(planter, spoiled, 'invoiced', 'vouchered 46 days ago')
  }),
  fault('order-without-requisition', 'REQ-NO-REQUISITION', 'an order that nobody asked for', (planter) => {
    const { spoiled } = planter.open({ others: 0 })
    planter.ledger.unasked.add(spoiled)
    planter.ledger.expect({
      code: 'REQ-NO-REQUISITION',
      keys: orderKeys(spoiled),
      amount: amountOfOrder(spoiled),
      planted: 'no requisition names it',
    })
  }),
  fault('paid-before-receipt', 'PAY-BEFORE-RECEIPT', 'paid the day before the goods came', (planter) => {
    const { spoiled } = planter.open({ others: 0, ordered: 50, receivedDaysAgo: 34 })
    expectEarly(
      planter,
      spoiled,
      planter.ledger.pay(36, [[spoiled, spoiled.quantity]], { paidDaysAgo: 35 }),
      'came a day later',
    )
  }),
  fault('paid-without-receipt', 'PAY-BEFORE-RECEIPT', 'paid, and the goods have never come', (planter) => {
    const { spoiled } = planter.open({ others: 0, ordered: 50, received: 0 })
    expectEarly(
      planter,
      spoiled,
      planter.ledger.pay(36, [[spoiled, spoiled.quantity]], { paidDaysAgo: 33 }),
      'never came',
    )
  }),
  odd('requisition-on-last-day', 'not approved on the last day that it may wait', (planter) => {
    asked(planter, { requestedDaysAgo: 3 }, null)
  }),
  odd('requisition-ordered-on-last-day', 'not ordered on the last day that it may wait', (planter) => {
    asked(planter, { requestedDaysAgo: 5, approvedDaysAgo: 3 }, null)
  }),
  odd('requisition-cancelled', 'cancelled long ago, and waiting for nothing', (planter) => {
    asked(planter, { requestedDaysAgo: 40, status: 'cancelled' }, null)
  }),
  odd('order-on-last-day', 'not received on the last day that it may take', (planter) => {
    const { spoiled } = planter.open({ received: 0, others: 0, ordered: 30 })
    spare(planter, spoiled)
  }),
  odd('invoice-on-last-day', 'not paid on the last day that it may take', (planter) => {
    const { spoiled } = planter.open({ others: 0, ordered: 60, receivedDaysAgo: 52 })
    planter.ledger.pay(45, [[spoiled, spoiled.quantity]], { status: 'open' })
    spare(planter, spoiled)
  }),
  odd('order-beyond-window', 'without a requisition, and too old to ask', (planter) => {
    const { spoiled } = planter.open({ others: 0, ordered: 91, receivedDaysAgo: 80 })
    planter.ledger.pay(79, [[spoiled, spoiled.quantity]], {})
    spoiled.status = 'closed'
    planter.ledger.unasked.add(spoiled)
    planter.ledger.spare(orderKeys(spoiled))
  }),
  odd('paid-on-day-of-receipt', 'paid on the very day the goods came', (planter) => {
    const { spoiled } = planter.open({ others: 0, ordered: 50, receivedDaysAgo: 35 })
    planter.ledger.pay(36, [[spoiled, spoiled.quantity]], { paidDaysAgo: 35 })
    planter.ledger.spare(orderKeys(spoiled))
  }),
]

interface Asked {
  readonly requestedDaysAgo: number
  readonly approvedDaysAgo?: number
  readonly status?: 'open' | 'cancelled'
}

/** A requisition that has not become an order; `stage` null: it may still wait. */
function asked(planter: Planter, asked: Asked, stage: 'requested' | 'approved' | null): void {
  const { ledger } = planter
  const company = planter.nextCompany()
  const product = ledger.random.pick(ledger.products.filter((one) => planter.isPlain(one)))
  const requisition = `${company.company}Q${ledger.number('requisition', 5000)}`
  const quantity = ledger.random.between(2, 30)
  const unitCost = product.packs.find(({ uom }) => uom === product.sold)?.price ?? decimal(1)
  ledger.requisitions.push({
    company,
    requisition,
    line: '1',
    product,
    quantity,
    uom: product.sold,
    unitCost,
    facility: ledger.random.pick(company.facilities),
    requestedOn: ledger.daysAgo(asked.requestedDaysAgo),
    approvedOn: asked.approvedDaysAgo === undefined ? '' : ledger.daysAgo(asked.approvedDaysAgo),
    status: asked.status ?? 'open',
  })
  const keys = { company: company.company, requisition, line: '1' }
  if (stage === null) ledger.spare(keys)
  else
    ledger.expect({
      code: 'REQ-STUCK',
      keys: { ...keys, field: stage },
      amount: roundHalfUp(multiply(decimal(quantity), unitCost), 2),
      planted: `${stage} ${asked.approvedDaysAgo ?? asked.requestedDaysAgo} days ago`,
    })
}

function stuck(planter: Planter, order: PoLine, stage: string, planted: string): void {
  planter.ledger.expect({
    code: 'REQ-STUCK',
    keys: { ...requisitionKeys(order), field: stage },
    amount: amountOfOrder(order),
    planted,
  })
}

const requisitionKeys = (order: PoLine) => ({
  company: order.company.company,
  requisition: requisitionOf(order),
  line: order.line,
})

const spare = (planter: Planter, order: PoLine): void => planter.ledger.spare(requisitionKeys(order))

function orderKeys({ company, supplier, po, line, product, facility }: PoLine) {
  return {
    company: company.company,
    po,
    line,
    supplier: supplier.vendor[company.company],
    item: product.item[company.company],
    facility: facility.location,
  }
}

function expectEarly(planter: Planter, order: PoLine, invoice: string, planted: string): void {
  const amount: DecimalText = amountOfOrder(order)
  planter.ledger.expect({ code: 'PAY-BEFORE-RECEIPT', keys: { ...orderKeys(order), invoice }, amount, planted })
}
