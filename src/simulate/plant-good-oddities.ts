import { add, compare, decimal, multiply, roundHalfUp } from '../canonical/index.js'
import { type Fault, faultsOf } from './fault.js'
import { inTurn } from './in-turn.js'
import type { Case } from './planting.js'
import { isDearBox, type Product, packOf, priceOf } from './products.js'
import { markOf } from './traceability.js'

const fault = faultsOf('receipt-to-invoice')
const odd = (name: string, says: string, plant: Fault['plant']): Fault => fault(name, null, says, plant)
const clean = { fate: 'clean' } as const

/** Odd, and yet in order: nothing of this may be raised. Each would be if a key, a sign, a unit or a tolerance were taken lightly. */
export const goodOddities: readonly Fault[] = [
  odd('one-number-two-companies', 'one PO number in two companies, other goods at other prices', (planter, turn) => {
    if (planter.ledger.companies.length < 2) return
    const po = String(1_500_001 + turn)
    const first = planter.open({ company: '10', po, others: 1 })
    const stranger = planter.stranger(first)
    const wishes = { company: '20', partner: first.supplier.partner, po, others: 0 } as const
    const second = planter.open({ ...wishes, product: (one) => one === stranger })
    for (const found of [first, second])
      planter.spared(found, planter.bill(found, {}, { ...clean, daysAgo: planter.ledger.random.between(2, 5) }))
  }),
  odd('two-releases-alike', 'a blanket PO with two releases whose lines look alike', (planter, turn) => {
    const company = planter.companyOf(turn)
    const first = planter.open({ company, release: '1', others: 0, quantity: 10 })
    const { product } = first.spoiled
    const { partner } = first.supplier
    const wishes = { company, partner, po: first.spoiled.po, release: '2', others: 0, quantity: 14 }
    const second = planter.open({ ...wishes, product: (one: Product) => one === product })
    for (const found of [first, second]) planter.spared(found, planter.bill(found, {}, clean))
  }),
  odd('credit-in-order', 'part of what was billed comes back, with positive amounts and BIG07 CR', (planter) => {
    const found = planter.open({ others: 0, quantity: 16 })
    const creditOf = planter.ledger.pay(9, [[found.spoiled, 16]])
    const back = planter.ledger.random.between(1, 5)
    planter.ledger.receive(4, [found.spoiled, -back])
    const bill = planter.bill(found, { quantity: back }, { ...clean, credit: true, creditOf, daysAgo: 2 })
    planter.spared(found, bill)
  }),
  odd('credit-of-all', 'all that was billed comes back, and not one more', (planter) => {
    const found = planter.open({ others: 0, quantity: 9 })
    const creditOf = planter.ledger.pay(9, [[found.spoiled, 9]])
    planter.ledger.receive(4, [found.spoiled, -9])
    planter.spared(found, planter.bill(found, { quantity: 9 }, { ...clean, credit: true, creditOf, daysAgo: 2 }))
  }),
  odd('price-within-tolerance', 'some cents dearer, inside what is allowed', (planter, turn) => {
    const inReach = (one: Product): boolean => planter.isPlain(one) && /^\d{2}(\.|$)/.test(priceOf(one, one.sold))
    const found = planter.open({ partner: inTurn(['medsupply', 'carefirst', 'medsupply'], turn), product: inReach })
    const unitPrice = roundHalfUp(multiply(found.spoiled.unitPrice, decimal('1.004')), 2)
    planter.spared(found, planter.bill(found, { unitPrice }, clean))
  }),
  odd('price-at-tolerance', 'dearer by one percent, which is all that is allowed', (planter, turn) => {
    const inReach = (one: Product): boolean => planter.isPlain(one) && /^[1-4]\d(\.|$)/.test(priceOf(one, one.sold))
    const found = planter.open({ partner: inTurn(['carefirst', 'medsupply'], turn), product: inReach, quantity: 10 })
    planter.spared(found, planter.bill(found, { unitPrice: multiply(found.spoiled.unitPrice, decimal('1.01')) }, clean))
  }),
  odd('price-of-a-box-at-tolerance', 'a box half a dollar dearer, which is all that is allowed', (planter) => {
    const found = planter.open({ partner: 'medsupply', product: (one) => planter.isPlain(one) && isDearBox(one) })
    planter.spared(found, planter.bill(found, { unitPrice: add(found.spoiled.unitPrice, decimal('0.50')) }, clean))
  }),
  odd('price-under-po', 'cheaper by ten percent, which is all that is allowed', (planter) => {
    const found = planter.open({ quantity: 10 })
    planter.spared(found, planter.bill(found, { unitPrice: multiply(found.spoiled.unitPrice, decimal('0.9')) }, clean))
  }),
  odd('freight-of-po', 'freight that the PO allows where the supplier is allowed none', (planter) => {
    const found = planter.open({ partner: 'orthotech', others: 0, freightAllowed: decimal('80.00') })
    const freight = { kind: 'C', code: 'D240', amount: decimal('72.30'), description: 'FREIGHT' } as const
    planter.spared(found, planter.bill(found, {}, { ...clean, charges: [freight] }))
  }),
  odd('freight-at-limit', 'freight and handling to the cent of what is allowed', (planter) => {
    const found = planter.open({ partner: 'medsupply' })
    const charge = (code: string, amount: string, description: string) =>
      ({ kind: 'C', code, amount: decimal(amount), description }) as const
    const charges = [charge('D240', '32.25', 'FREIGHT'), charge('D500', '12.75', 'HANDLING')]
    planter.spared(found, planter.bill(found, {}, { ...clean, charges }))
  }),
  odd('billed-by-box', 'ordered at a price per hundred each, billed by the box', (planter) => {
    const found = planter.open({
      partner: 'medsupply',
      product: (one) => planter.isPlain(one) && soldByHundred(one),
      uom: () => 'EA',
      basis: 'HP',
      quantity: 600,
      others: 0,
    })
    const { product } = found.spoiled
    const line = { quantity: 6, uom: product.sold, unitPrice: priceOf(product, product.sold) }
    planter.spared(found, planter.bill(found, line, clean))
  }),
  odd('received-by-each', 'ordered and billed by the box, received by the each', (planter) => {
    const product = (one: Product): boolean => planter.isPlain(one) && soldByHundred(one)
    const found = planter.open({ partner: 'medsupply', product, received: 0, quantity: 7, others: 0 })
    planter.ledger.receive(8, [found.spoiled, 700, 'EA'])
    planter.spared(found, planter.bill(found, {}, clean))
  }),
  odd('billed-by-dozen', 'billed by the dozen, which no item master needs to say', (planter) => {
    const each = (one: Product): boolean => planter.isPlain(one) && one.sold === 'EA'
    const found = planter.open({ partner: 'orthotech', product: each, quantity: 36, others: 0 })
    const line = { quantity: 3, uom: 'DZ', unitPrice: multiply(found.spoiled.unitPrice, decimal(12)) }
    planter.spared(found, planter.bill(found, line, clean))
  }),
  odd('service-without-receipt', 'a two-way line needs no receipt', (planter) => {
    const found = planter.open({ twoWay: true, quantity: 5 })
    planter.spared(found, planter.bill(found, {}, clean))
  }),
  odd('line-without-ids', 'no product id at all: one line of the PO has this price and quantity', (planter, turn) => {
    const found = planter.open({ partner: inTurn(['orthotech', 'carefirst'], turn), quantity: 33, others: 2 })
    if (isUnique(found)) planter.spared(found, planter.bill(found, { identify: 'none' }, clean))
  }),
  odd('implant-with-label', 'an implant with its lot or serial number', (planter) => {
    const product = (one: Product): boolean => one.billOnly && !one.onContract
    const found = planter.open({ partner: 'orthotech', product, quantity: 1, others: 0 })
    planter.spared(found, planter.bill(found, { extraIds: markOf(planter.ledger.random) }, clean))
  }),
  odd('receipt-within-grace', 'nothing received yet, and the invoice may wait for it', (planter) => {
    const ordered = planter.ledger.random.between(4, 8)
    const found = planter.open({ received: 0, others: 0, ordered })
    planter.spared(found, planter.bill(found, {}, { daysAgo: 1, fate: 'waiting' }))
  }),
  odd('receipt-on-last-day-of-grace', 'nothing received on the last day that the invoice may wait', (planter) => {
    const found = planter.open({ received: 0, others: 0, ordered: 7 })
    planter.spared(found, planter.bill(found, {}, { daysAgo: 3, fate: 'waiting' }))
  }),
  odd('receipt-at-invoice-limit', 'received 30 days ago and not invoiced: a day later it were too long', (planter) => {
    const found = planter.open({ others: 0, ordered: 34, receivedDaysAgo: 30 })
    planter.spared(found)
  }),
]

const soldByHundred = (one: Product): boolean => packOf(one, one.sold).factor === 100

const isUnique = ({ spoiled, others }: Case): boolean =>
  others.every((order) => compare(order.unitPrice, spoiled.unitPrice) !== 0 && order.quantity !== spoiled.quantity)
