import { add, type DecimalText, decimal, type ExceptionCode, multiply, roundHalfUp, sumOf } from '../canonical/index.js'
import { daysBefore } from './days.js'
import { type Fault, faultsOf } from './fault.js'
import { inTurn } from './in-turn.js'
import type { Acknowledged, AcknowledgedLine, AcknowledgedStatus, PoLine } from './ledger-entries.js'
import { amountOfOrder } from './order-amount.js'
import type { Case, CaseWishes, Planter } from './planting.js'
import { isDearBox, type Product, packOf, pricePerHundred } from './products.js'

const fault = faultsOf('po-acknowledgment')
const odd = (name: string, says: string, plant: Fault['plant']): Fault => fault(name, null, says, plant)

/** A fault in what one 855 says of the first line of an order: its statuses, or more; `amount` is of the quantity that is not plainly in order. */
const answer = (
  name: string,
  code: ExceptionCode,
  says: string,
  line: (order: PoLine, planter: Planter, turn: number) => Partial<AcknowledgedLine>,
  amount: (order: PoLine, turn: number) => DecimalText = (order) => amountOfOrder(order),
): Fault =>
  fault(name, code, says, (planter, turn) => {
    const found = ordered(planter)
    const { spoiled } = found
    answered(planter, found, line(spoiled, planter, turn))
    expect(planter, code, spoiled, amount(spoiled, turn), says)
  })

const onlyStatus = (...statuses: readonly AcknowledgedStatus[]) => ({ statuses })

/** What may be wrong between orders, the 850s that were sent, and what suppliers say to them. Each has an order of its own. */
export const acknowledgmentFaults: readonly Fault[] = [
  fault('order-not-sent', 'PO-NOT-SENT', 'no 850 was sent for an open order', (planter) => {
    const { orders } = ordered(planter)
    for (const order of orders) planter.ledger.unsent.add(order)
    unanswered(planter, orders)
    expectOrder(planter, 'PO-NOT-SENT', orders, 'no copy of an 850')
  }),
  fault(
    'order-sent-otherwise',
    'PO-DIFFERS',
    'the 850 says another quantity, price or item than the ERP, or lacks the line',
    (planter, turn) => {
      const found = ordered(planter)
      const { spoiled } = found
      const otherwise = inTurn(
        [
          { quantity: spoiled.quantity + 3 },
          { unitPrice: add(spoiled.unitPrice, decimal('0.10')) },
          { product: planter.stranger(found) },
          { leftOut: true } as const,
        ],
        turn,
      )
      planter.ledger.sentOtherwise.set(spoiled, otherwise)
      expect(planter, 'PO-DIFFERS', spoiled, amountOfOrder(spoiled), `sent with other ${Object.keys(otherwise)}`)
    },
  ),
  fault('line-sent-and-not-ordered', 'PO-DIFFERS', 'the 850 has a line that the ERP does not have', (planter) => {
    const found = ordered(planter)
    const product = planter.stranger(found)
    const beside: PoLine = {
      ...found.spoiled,
      line: '88',
      product,
      uom: product.sold,
      quantity: 4,
      unitPrice: decimal('11.00'),
    }
    planter.ledger.sentBeside.set(found.spoiled, [beside])
    const { company, po } = found.spoiled
    const keys = { company: company.company, po, line: '88', item: product.vendorItem }
    planter.ledger.expect({ code: 'PO-DIFFERS', keys, amount: decimal(44), planted: 'line 88 stands on the 850 alone' })
  }),
  fault('order-not-answered', 'ACK-OVERDUE', 'no 855 came, and nothing was shipped or received', (planter) => {
    const { orders } = ordered(planter)
    unanswered(planter, orders)
    expectOrder(planter, 'ACK-OVERDUE', orders, 'ordered nine days ago')
  }),
  fault('answer-to-unknown-order', 'ACK-UNKNOWN-PO', 'an 855 for an order that the ERP does not have', (planter) => {
    const found = ordered(planter)
    const po = `X${planter.ledger.number('unknown order', 9000)}`
    const order = { ...found.spoiled, po }
    acknowledge(planter, order, { po, lines: [{ order }] })
    const { company, supplier } = order
    const keys = { company: company.company, po, partner: supplier.partner }
    planter.ledger.expect({ code: 'ACK-UNKNOWN-PO', keys, amount: amountOfOrder(order), planted: `answers ${po}` })
  }),
  fault('answer-line-not-ordered', 'ACK-NOT-ON-PO', 'an 855 has a line that is not on the order', (planter) => {
    const found = ordered(planter)
    const { spoiled, orders } = found
    const product = planter.stranger(found)
    const order: PoLine = { ...spoiled, product, uom: product.sold, quantity: 5, unitPrice: decimal('7.00') }
    acknowledge(planter, spoiled, { lines: [...orders.map((one) => ({ order: one })), { order, line: '77' }] })
    const keys = { company: spoiled.company.company, po: spoiled.po, line: '77', item: product.vendorItem }
    planter.ledger.expect({ code: 'ACK-NOT-ON-PO', keys, amount: decimal(35), planted: 'line 77 is on the 855 alone' })
  }),
  fault('line-left-out-of-answer', 'ACK-NOT-ON-ACK', 'a full-detail 855 leaves a line out', (planter) => {
    const { spoiled, others } = ordered(planter)
    acknowledge(planter, spoiled, { lines: others.map((order) => ({ order })) })
    expect(planter, 'ACK-NOT-ON-ACK', spoiled, amountOfOrder(spoiled), 'not on the 855')
  }),
  answer(
    'acknowledged-price',
    'ACK-PRICE',
    'acknowledged dearer than ordered, beyond tolerance',
    (order) => ({ unitPrice: add(order.unitPrice, decimal('0.75')), statuses: [{ status: 'IP' }] }),
    (order) => roundHalfUp(multiply(decimal(order.quantity), decimal('0.75')), 2),
  ),
  fault('acknowledged-price-of-a-box', 'ACK-PRICE', 'a box acknowledged a cent dearer than is allowed', (planter) => {
    const found = ordered(planter, { partner: 'medsupply', product: (one) => planter.isPlain(one) && isDearBox(one) })
    const { spoiled } = found
    answered(planter, found, { unitPrice: add(spoiled.unitPrice, decimal('0.51')) })
    const amount = multiply(decimal(spoiled.quantity), decimal('0.51'))
    expect(planter, 'ACK-PRICE', spoiled, amount, '0.51 dearer, 0.50 is allowed')
  }),
  answer('price-pending', 'ACK-PRICE-PENDING', 'accepted, and the price is still to come', () =>
    onlyStatus({ status: 'IE' }),
  ),
  answer('date-pending', 'ACK-DATE-PENDING', 'accepted, and the date is still to come', () =>
    onlyStatus({ status: 'SP', promisedOn: null }),
  ),
  answer(
    'acknowledged-quantity',
    'ACK-QUANTITY',
    'another quantity acknowledged than ordered',
    (order, _, turn) =>
      onlyStatus({ status: 'IQ', quantity: turn % 2 === 0 ? order.quantity - 2 : order.quantity + 6 }),
    (order, turn) => amountOfOrder(order, turn % 2 === 0 ? 2 : 6),
  ),
  answer('acknowledged-unit', 'ACK-UOM', 'acknowledged in a unit that does not convert', (order) => ({
    uom: 'KT',
    statuses: [{ status: 'IA', uom: 'KT' }],
    unitPrice: order.unitPrice,
  })),
  answer('acknowledged-date', 'ACK-DATE', 'promised three days later than asked for', (order) =>
    onlyStatus({ status: 'DR', promisedOn: daysBefore(order.requestedOn, -3) }),
  ),
  fault(
    'acknowledged-part',
    'ACK-PART',
    'acknowledged under another part number, and nothing says that it is a substitute',
    (planter) => {
      const found = ordered(planter)
      const product = planter.stranger(found)
      answered(planter, found, onlyStatus({ status: 'IA', product }))
      expect(planter, 'ACK-PART', found.spoiled, amountOfOrder(found.spoiled), product.description, product.vendorItem)
    },
  ),
  fault('substitute-acknowledged', 'ACK-SUBSTITUTION', 'the supplier will send something else', (planter) => {
    const found = ordered(planter)
    const product = planter.stranger(found)
    answered(planter, found, onlyStatus({ status: 'IS', product }))
    expect(
      planter,
      'ACK-SUBSTITUTION',
      found.spoiled,
      amountOfOrder(found.spoiled),
      product.description,
      product.vendorItem,
    )
  }),
  answer('line-backordered', 'ACK-BACKORDERED', 'all of the line is backordered', (order) =>
    onlyStatus({ status: 'IB', promisedOn: daysBefore(order.requestedOn, -20) }),
  ),
  answer(
    'balance-backordered',
    'ACK-BACKORDERED',
    'a part is accepted, and the balance backordered',
    (order) =>
      onlyStatus({ status: 'BP', quantity: order.quantity - 4, promisedOn: daysBefore(order.requestedOn, -9) }),
    (order) => amountOfOrder(order, 4),
  ),
  answer('line-rejected', 'ACK-REJECTED', 'the line is rejected', (_, __, turn) =>
    onlyStatus({ status: inTurn(['IR', 'R2', 'ID', 'R4'], turn), quantity: null, promisedOn: null }),
  ),
  fault('order-rejected', 'ACK-REJECTED', 'the whole order is rejected', (planter) => {
    const { orders, spoiled } = ordered(planter)
    acknowledge(planter, spoiled, { type: 'RJ', lines: [] })
    expectOrder(planter, 'ACK-REJECTED', orders, 'BAK02 RJ')
  }),
  answer('line-on-hold', 'ACK-HOLD', 'the line is on hold at the supplier', (_, __, turn) =>
    onlyStatus({ status: inTurn(['IH', 'IF', 'IW'], turn), quantity: null, promisedOn: null }),
  ),
  fault('order-on-hold', 'ACK-HOLD', 'the whole order is on hold at the supplier', (planter) => {
    const { orders, spoiled } = ordered(planter)
    acknowledge(planter, spoiled, { type: 'AH', lines: [] })
    expectOrder(planter, 'ACK-HOLD', orders, 'BAK02 AH')
  }),
  answer(
    'change-unexplained',
    'ACK-UNEXPLAINED',
    'the status says that something was changed, and nothing differs',
    (order, _, turn) => onlyStatus({ status: inTurn(['IC', 'IP', 'IQ', 'DR'], turn), promisedOn: order.requestedOn }),
  ),
  odd('answer-not-yet-due', 'ordered today, and not answered yet', (planter) => {
    const { orders } = ordered(planter, { ordered: 0 })
    unanswered(planter, orders)
    spare(planter, orders)
  }),
  odd('shipped-without-answer', 'not answered, and on its way by an 856', (planter) => {
    const { orders, spoiled } = ordered(planter)
    unanswered(planter, orders)
    const { supplier, company, po } = spoiled
    const shipment = `SH${planter.ledger.number('shipment', 7000)}`
    planter.ledger.shipped.push({ supplier, company, po, shipment, date: planter.ledger.daysAgo(2), lines: orders })
    spare(planter, orders)
  }),
  odd('received-without-answer', 'not answered, and received', (planter) => {
    const { orders } = planter.open({ ordered: 12, receivedDaysAgo: 3, others: 1 })
    unanswered(planter, orders)
    spare(planter, orders)
  }),
  odd('price-just-acknowledged', 'acknowledged dearer by what is allowed', (planter) => {
    const inReach = (one: Product): boolean =>
      planter.isPlain(one) && /^\d{2}(\.|$)/.test(packOf(one, one.sold).price ?? '')
    const found = ordered(planter, { partner: 'medsupply', product: inReach })
    const unitPrice = roundHalfUp(multiply(found.spoiled.unitPrice, decimal('1.004')), 2)
    answered(planter, found, { unitPrice, statuses: [{ status: 'IA' }] })
    spare(planter, found.orders)
  }),
  odd(
    'price-just-acknowledged-of-a-box',
    'a box acknowledged half a dollar dearer, which is all that is allowed',
    (planter) => {
      const found = ordered(planter, { partner: 'medsupply', product: (one) => planter.isPlain(one) && isDearBox(one) })
      answered(planter, found, {
        unitPrice: add(found.spoiled.unitPrice, decimal('0.50')),
        statuses: [{ status: 'IA' }],
      })
      spare(planter, found.orders)
    },
  ),
  odd('quantity-just-acknowledged', 'five percent more acknowledged, which is all that is allowed', (planter) => {
    const found = ordered(planter, { quantity: 20 })
    answered(planter, found, onlyStatus({ status: 'IA', quantity: 21 }))
    spare(planter, found.orders)
  }),
  odd('date-just-acknowledged', 'promised two days later, which is all that is allowed', (planter) => {
    const found = ordered(planter)
    answered(planter, found, onlyStatus({ status: 'IA', promisedOn: daysBefore(found.spoiled.requestedOn, -2) }))
    spare(planter, found.orders)
  }),
  odd('answered-in-two-statuses', 'two statuses that come to the ordered quantity together', (planter) => {
    const found = ordered(planter, { quantity: 12 })
    answered(planter, found, onlyStatus({ status: 'IA', quantity: 7 }, { status: 'AR', quantity: 5 }))
    spare(planter, found.orders)
  }),
  odd('answered-by-each', 'ordered by the box, acknowledged by the each at a price per hundred', (planter) => {
    const found = ordered(planter, {
      partner: 'medsupply',
      product: (one) => planter.isPlain(one) && isPartOfHundred(one),
    })
    const { product, uom, quantity } = found.spoiled
    const each = { uom: 'EA', quantity: quantity * packOf(product, uom).factor, basis: 'HP' } as const
    answered(planter, found, { ...each, unitPrice: pricePerHundred(product), statuses: [{ status: 'IA' }] })
    spare(planter, found.orders)
  }),
  odd('exceptions-only-answer', 'an 855 of exceptions only leaves out what it accepts', (planter) => {
    const { orders, spoiled, others } = ordered(planter)
    acknowledge(planter, spoiled, { type: 'AE', lines: others.map((order) => ({ order })) })
    spare(planter, orders)
  }),
  odd('accepted-as-a-whole', 'an 855 that accepts the order without its lines', (planter) => {
    const { orders, spoiled } = ordered(planter)
    acknowledge(planter, spoiled, { type: 'AK', lines: [] })
    spare(planter, orders)
  }),
  odd('answered-in-two-parts', 'an 855 of half the line, and a later one of the other half', (planter) => {
    const { orders, spoiled, others } = ordered(planter, { quantity: 14 })
    const half = (quantity: number): AcknowledgedLine => ({ order: spoiled, quantity, statuses: [{ status: 'IA' }] })
    acknowledge(planter, spoiled, { lines: [half(8), ...others.map((order) => ({ order }))] })
    acknowledge(planter, spoiled, { date: planter.ledger.daysAgo(6), lines: [half(6)] })
    spare(planter, orders)
  }),
]

/** An open order of plain goods, nine days ago and not received. */
const ordered = (planter: Planter, wishes: CaseWishes = {}): Case =>
  planter.open({
    received: 0,
    ordered: 9,
    others: 1,
    twoWay: true,
    quantity: planter.ledger.random.between(8, 20),
    ...wishes,
  })

function acknowledge(
  { ledger }: Planter,
  { supplier, company, po, release, date }: PoLine,
  said: Partial<Acknowledged>,
): void {
  ledger.acknowledgments.push({
    supplier,
    company,
    po,
    release,
    poDate: date,
    date: ledger.daysAgo(8),
    lines: [],
    ...said,
  })
}

/** An 855 that says so of the first line, and plainly accepts the others. */
function answered(planter: Planter, { spoiled, others }: Case, line: Partial<AcknowledgedLine>): void {
  acknowledge(planter, spoiled, { lines: [{ order: spoiled, ...line }, ...others.map((order) => ({ order }))] })
}

function unanswered({ ledger }: Planter, [first]: readonly PoLine[]): void {
  if (first !== undefined) ledger.unanswered.add(first)
}

const orderKeys = ({ company, po, supplier }: PoLine) => ({
  company: company.company,
  po,
  supplier: supplier.vendor[company.company],
})

function expect(
  planter: Planter,
  code: ExceptionCode,
  order: PoLine,
  amount: DecimalText,
  planted: string,
  other?: string,
): void {
  const item = order.product.item[order.company.company]
  const keys = { ...orderKeys(order), line: order.line, item, ...(other !== undefined && { other }) }
  planter.ledger.expect({ code, keys, amount, planted })
}

/** About the order as a whole: all its lines are at risk. */
function expectOrder(planter: Planter, code: ExceptionCode, orders: readonly PoLine[], planted: string): void {
  const [first] = orders
  if (first === undefined) throw new RangeError('an order without lines')
  const amount = sumOf(orders.map((order) => amountOfOrder(order)))
  planter.ledger.expect({ code, keys: orderKeys(first), amount, planted })
}

function spare({ ledger }: Planter, orders: readonly PoLine[]): void {
  for (const { company, po } of orders.slice(0, 1)) ledger.spare({ company: company.company, po })
}

/** Sold by a pack of which whole numbers make a hundred. */
const isPartOfHundred = (product: Product): boolean =>
  product.packs[0]?.uom === 'EA' &&
  packOf(product, product.sold).factor > 1 &&
  100 % packOf(product, product.sold).factor === 0
