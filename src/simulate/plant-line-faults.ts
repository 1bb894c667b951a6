import { add, decimal, multiply, roundHalfUp } from '../canonical/index.js'
import type { Planter } from './planting.js'
import { type Product, packOf } from './products.js'
import { markOf } from './traceability.js'

/** What may be wrong with a line against its PO line: found or not, price, quantity, unit. */
export function plantLineFaults(planter: Planter): void {
  plantStrangePos(planter)
  plantStrangeLines(planter)
  plantPrices(planter)
  plantQuantities(planter)
  plantExtendedAmounts(planter)
  plantUnits(planter)
  plantImplants(planter)
}

function plantStrangePos(planter: Planter): void {
  for (const po of ['1299417', '4500099120', 'P-88120', '']) {
    const found = planter.open({ others: 0 })
    const product = planter.kept.neverOrdered[found.supplier.partner]
    const order = { ...found.spoiled, product, uom: product.sold }
    const bill = planter.bill(found, { order, quantity: 3, unitPrice: decimal('19.90') }, { po })
    planter.expectInvoice('INV-UNKNOWN-PO', bill, po === '' ? 'names no PO' : `names a PO ${po} nobody placed`)
  }
  const ended = [
    ['closed', '10'],
    ['closed', '20'],
    ['cancelled', '20'],
    ['cancelled', '10'],
  ] as const
  for (const [status, company] of ended) {
    const found = planter.open({ company, others: 0 })
    found.spoiled.status = status
    planter.expectLine('INV-PO-STATUS', found, planter.bill(found, {}), `bills a ${status} line`)
  }
}

function plantStrangeLines(planter: Planter): void {
  for (let count = 0; count < 4; count++) {
    const found = planter.open({ others: 2 })
    const product = planter.stranger(found)
    const order = { ...found.spoiled, line: '97', product, uom: product.sold }
    const unitPrice = add(found.spoiled.unitPrice, decimal('3.33'))
    const bill = planter.bill(found, { order, quantity: 31, unitPrice })
    const planted = `bills ${product.description}, which is on no line`
    planter.expectInvoice('INV-NOT-ON-PO', bill, planted, { po: found.spoiled.po })
  }
  for (const partner of ['orthotech', 'carefirst'] as const) {
    const found = planter.open({ partner, twin: true, quantity: 12, others: 0 })
    const bill = planter.bill(found, { identify: 'vendor' })
    planter.expectInvoice('INV-AMBIGUOUS', bill, 'two PO lines fit equally', { po: found.spoiled.po })
  }
}

function plantPrices(planter: Planter): void {
  const dearer = ['1.04', '1.08', '1.12', '1.25', '2', '1.06', '1.15', '1.10', '1.33', '10']
  for (const times of dearer) {
    const found = planter.open()
    const unitPrice = add(roundHalfUp(multiply(found.spoiled.unitPrice, decimal(times)), 2), decimal('0.60'))
    planter.expectLine(
      'INV-PRICE',
      found,
      planter.bill(found, { unitPrice }),
      `priced ${times} times and 0.60 over the PO`,
    )
  }
  // Per hundred, taken from the wrong pack: twice what was agreed.
  const found = planter.open({ partner: 'carefirst', product: (one) => planter.isPlain(one) && isSoldByTen(one) })
  const { spoiled } = found
  const unitPrice = multiply(spoiled.unitPrice, decimal(20))
  const quantity = spoiled.quantity * packOf(spoiled.product, spoiled.uom).factor
  const bill = planter.bill(found, { uom: 'EA', quantity, unitPrice, basis: 'HP' })
  planter.expectLine('INV-PRICE', found, bill, 'priced per hundred, at twice the PO price')
}

const isSoldByTen = (product: Product): boolean => packOf(product, product.sold).factor === 10

function plantQuantities(planter: Planter): void {
  for (let count = 0; count < 5; count++) {
    const found = planter.open({ quantity: 20, received: 29 })
    const paidBefore = count >= 3 ? 6 : 0
    if (paidBefore > 0) planter.ledger.pay(11, [[found.spoiled, paidBefore]])
    const bill = planter.bill(found, { quantity: 28 - paidBefore })
    planter.expectLine('INV-QTY-ORDERED', found, bill, '28 billed in all, 20 ordered')
  }
  for (let count = 0; count < 10; count++) {
    const found = planter.open({ quantity: 20, received: 11 })
    const paidBefore = count % 3 === 0 ? 5 : 0
    if (paidBefore > 0) planter.ledger.pay(11, [[found.spoiled, paidBefore]])
    const bill = planter.bill(found, { quantity: 20 - paidBefore })
    planter.expectLine('INV-QTY-RECEIVED', found, bill, '20 billed in all, 11 received')
  }
  for (let count = 0; count < 8; count++) {
    const found = planter.open({ received: 0 })
    planter.expectLine('INV-NO-RECEIPT', found, planter.bill(found, {}), 'nothing received, past the grace')
  }
  // Inside the grace nothing is raised: the invoice waits.
  for (let count = 0; count < 10; count++)
    planter.bill(
      planter.open({ received: 0, others: 0, ordered: planter.ledger.random.between(4, 8) }),
      {},
      { daysAgo: 1, fate: 'waiting' },
    )
}

function plantExtendedAmounts(planter: Planter): void {
  for (let count = 0; count < 2; count++) {
    const found = planter.open({
      partner: 'carefirst',
      quantity: 100,
      received: 104,
      product: (one) => planter.isPlain(one) && isModest(one),
    })
    const unitPrice = roundHalfUp(multiply(found.spoiled.unitPrice, decimal('1.008')), 2)
    const bill = planter.bill(found, { quantity: 104, unitPrice })
    planter.expectLine('INV-EXTENDED', found, bill, 'quantity and price each within tolerance, the amount is not')
  }
  const found = planter.open({ others: 2 })
  planter.expectLine('INV-EXTENDED', found, planter.bill(found, { quantity: 0 }), 'a line of quantity zero')
}

/** Dear enough that 0.8 % is whole cents, not so dear that it is over half a dollar. */
const isModest = (product: Product): boolean =>
  /^(1\d|2\d|3\d|4\d|5\d)(\.|$)/.test(packOf(product, product.sold).price ?? '')

function plantUnits(planter: Planter): void {
  for (const uom of ['PK', 'CT', 'KT']) {
    const found = planter.open({
      product: (one) => planter.isPlain(one) && one.packs.every((pack) => pack.uom !== uom),
    })
    planter.expectLine(
      'INV-UOM',
      found,
      planter.bill(found, { uom }),
      `billed by ${uom}, a unit the item does not have`,
    )
  }
  for (const [product, uom] of planter.kept.zeroFactors) {
    const found = planter.open({ partner: product.partner, product: (one) => one === product })
    const bill = planter.bill(found, { uom, quantity: 2, unitPrice: packOf(product, uom).price ?? decimal(1) })
    planter.expectLine('INV-UOM', found, bill, `billed by ${uom}, whose multiplier is 0 in the item master`)
  }
}

/** Implants are paid on their label: a lot or serial number must be there. */
function plantImplants(planter: Planter): void {
  for (let count = 0; count < 4; count++) {
    const found = planter.open({
      partner: 'orthotech',
      product: (one) => one.billOnly && !one.onContract,
      quantity: 2,
      others: 0,
    })
    planter.expectLine('INV-BILL-ONLY', found, planter.bill(found, {}), 'implant without lot or serial number')
  }
  const marked = planter.open({
    partner: 'orthotech',
    product: (one) => one.billOnly && !one.onContract,
    quantity: 1,
    others: 0,
  })
  planter.bill(marked, { extraIds: markOf(planter.ledger.random) }, { fate: 'clean' })
}
