import { add, type DecimalText, decimal, divideRounded, multiply, roundHalfUp, subtract } from '../canonical/index.js'
import { type Fault, faultsOf } from './fault.js'
import { inTurn } from './in-turn.js'
import type { Bill } from './ledger-entries.js'
import type { Case } from './planting.js'
import { isDearBox, type Product, packOf } from './products.js'

const fault = faultsOf('receipt-to-invoice')

/** What may be wrong with a line against its PO line: found or not, price, quantity, unit. */
export const lineFaults: readonly Fault[] = [
  fault('invoice-of-unknown-po', 'INV-UNKNOWN-PO', 'names a PO that nobody placed, or none', (planter, turn) => {
    const po = inTurn(['1299417', '4500099120', 'P-88120', ''], turn)
    const found = planter.open({ others: 0 })
    const product = planter.kept.neverOrdered[found.supplier.partner]
    const order = { ...found.spoiled, product, uom: product.sold }
    // No two of a supplier alike, or they would be suspected of being one.
    const quantity = 3 + turn
    const bill = planter.bill(found, { order, quantity, unitPrice: decimal('19.90') }, { po })
    const planted = po === '' ? 'names no PO' : `names a PO ${po} nobody placed`
    planter.expectInvoice('INV-UNKNOWN-PO', bill, planted, bill.total)
  }),
  fault('invoice-of-ended-po', 'INV-PO-STATUS', 'bills a line that is closed or cancelled', (planter, turn) => {
    const status = inTurn(['closed', 'closed', 'cancelled', 'cancelled'] as const, turn)
    const found = planter.open({ company: planter.companyOf(turn + (status === 'closed' ? 0 : 1)), others: 0 })
    found.spoiled.status = status
    const bill = planter.bill(found, {})
    planter.expectLine('INV-PO-STATUS', found, bill, `bills a ${status} line`, amountOf(bill))
  }),
  fault('line-not-on-po', 'INV-NOT-ON-PO', 'bills something that is on no line of the PO', (planter) => {
    const found = planter.open({ others: 2 })
    const product = planter.stranger(found)
    const order = { ...found.spoiled, line: '97', product, uom: product.sold }
    const unitPrice = add(found.spoiled.unitPrice, decimal('3.33'))
    const bill = planter.bill(found, { order, quantity: 31, unitPrice })
    const planted = `bills ${product.description}, which is on no line`
    planter.expectInvoice('INV-NOT-ON-PO', bill, planted, amountOf(bill), { po: found.spoiled.po })
  }),
  fault('line-fits-two', 'INV-AMBIGUOUS', 'fits two lines of the PO equally', (planter, turn) => {
    const partner = inTurn(['orthotech', 'carefirst'] as const, turn)
    const found = planter.open({ partner, twin: true, quantity: 12, others: 0 })
    const bill = planter.bill(found, { identify: 'vendor' })
    const keys = { po: found.spoiled.po }
    planter.expectInvoice('INV-AMBIGUOUS', bill, 'two PO lines fit equally', amountOf(bill), keys)
  }),
  fault('price-over-po', 'INV-PRICE', 'priced higher than the PO', (planter, turn) => {
    const times = inTurn(['1.04', '1.08', '1.12', '1.25', '2', '1.06', '1.15', '1.10', '1.33', '10'], turn)
    const found = planter.open()
    const unitPrice = add(roundHalfUp(multiply(found.spoiled.unitPrice, decimal(times)), 2), decimal('0.60'))
    const bill = planter.bill(found, { unitPrice })
    const planted = `priced ${times} times and 0.60 over the PO`
    planter.expectLine('INV-PRICE', found, bill, planted, subtract(amountOf(bill), worthOf(found)))
  }),
  fault('price-of-a-box', 'INV-PRICE', 'a box billed a cent dearer than is allowed', (planter) => {
    const found = planter.open({ partner: 'medsupply', product: (one) => planter.isPlain(one) && isDearBox(one) })
    const bill = planter.bill(found, { unitPrice: add(found.spoiled.unitPrice, decimal('0.51')) })
    const amount = multiply(decimal(found.spoiled.quantity), decimal('0.51'))
    planter.expectLine('INV-PRICE', found, bill, '0.51 dearer, 0.50 is allowed', amount)
  }),
  fault('price-per-hundred', 'INV-PRICE', 'priced per hundred, from the wrong pack', (planter) => {
    const soldByTen = (one: Product): boolean => packOf(one, one.sold).factor === 10
    const found = planter.open({ partner: 'carefirst', product: (one) => planter.isPlain(one) && soldByTen(one) })
    const { spoiled } = found
    const unitPrice = multiply(spoiled.unitPrice, decimal(20))
    const quantity = spoiled.quantity * packOf(spoiled.product, spoiled.uom).factor
    const bill = planter.bill(found, { uom: 'EA', quantity, unitPrice, basis: 'HP' })
    planter.expectLine('INV-PRICE', found, bill, 'priced per hundred, at twice the PO price', worthOf(found))
  }),
  fault('billed-over-order', 'INV-QTY-ORDERED', 'more billed in all than was ordered', (planter, turn) => {
    const found = planter.open({ quantity: 20, received: 29 })
    const paidBefore = turn % 5 >= 3 ? 6 : 0
    if (paidBefore > 0) planter.ledger.pay(11, [[found.spoiled, paidBefore]])
    const bill = planter.bill(found, { quantity: 28 - paidBefore })
    planter.expectLine('INV-QTY-ORDERED', found, bill, '28 billed in all, 20 ordered', worthOf(found, 8))
  }),
  fault('billed-over-receipt', 'INV-QTY-RECEIVED', 'more billed in all than was received', (planter, turn) => {
    const found = planter.open({ quantity: 20, received: 11 })
    const paidBefore = turn % 3 === 0 ? 5 : 0
    if (paidBefore > 0) planter.ledger.pay(11, [[found.spoiled, paidBefore]])
    const bill = planter.bill(found, { quantity: 20 - paidBefore })
    planter.expectLine('INV-QTY-RECEIVED', found, bill, '20 billed in all, 11 received', worthOf(found, 9))
  }),
  fault('billed-without-receipt', 'INV-NO-RECEIPT', 'nothing received, and the grace is over', (planter) => {
    const found = planter.open({ received: 0 })
    const bill = planter.bill(found, {})
    planter.expectLine('INV-NO-RECEIPT', found, bill, 'nothing received, past the grace', worthOf(found))
  }),
  fault('line-amount', 'INV-EXTENDED', 'quantity and price each within tolerance, the amount is not', (planter) => {
    const found = planter.open({
      partner: 'carefirst',
      quantity: 100,
      received: 104,
      product: (one) => planter.isPlain(one) && isModest(one),
    })
    const unitPrice = roundHalfUp(multiply(found.spoiled.unitPrice, decimal('1.008')), 2)
    const bill = planter.bill(found, { quantity: 104, unitPrice })
    const planted = 'quantity and price each within tolerance, the amount is not'
    planter.expectLine('INV-EXTENDED', found, bill, planted, subtract(amountOf(bill), worthOf(found)))
  }),
  fault('line-of-nothing', 'INV-EXTENDED', 'a line of quantity zero', (planter) => {
    const found = planter.open({ others: 2 })
    const bill = planter.bill(found, { quantity: 0 })
    planter.expectLine('INV-EXTENDED', found, bill, 'a line of quantity zero', decimal(0))
  }),
  fault('unit-unknown', 'INV-UOM', 'billed in a unit that the item does not have', (planter, turn) => {
    const uom = inTurn(['PK', 'CT', 'KT'], turn)
    const found = planter.open({
      product: (one) => planter.isPlain(one) && one.packs.every((pack) => pack.uom !== uom),
    })
    const bill = planter.bill(found, { uom })
    const planted = `billed by ${uom}, a unit the item does not have`
    planter.expectLine('INV-UOM', found, bill, planted, amountOf(bill))
  }),
  fault(
    'unit-of-multiplier-0',
    'INV-UOM',
    'billed in a unit whose multiplier is 0 in the item master',
    (planter, turn) => {
      const [product, uom] = inTurn([...planter.kept.zeroFactors], turn)
      const found = planter.open({ partner: product.partner, product: (one) => one === product })
      // No two alike, or they would be suspected of being one.
      const quantity = 2 + turn
      const bill = planter.bill(found, { uom, quantity, unitPrice: packOf(product, uom).price ?? decimal(1) })
      const planted = `billed by ${uom}, whose multiplier is 0 in the item master`
      planter.expectLine('INV-UOM', found, bill, planted, amountOf(bill))
    },
  ),
  fault('implant-without-label', 'INV-BILL-ONLY', 'an implant without lot or serial number', (planter) => {
    const product = (one: Product): boolean => one.billOnly && !one.onContract
    const found = planter.open({ partner: 'orthotech', product, quantity: 2, others: 0 })
    const bill = planter.bill(found, {})
    const planted = 'implant without lot or serial number'
    planter.expectLine('INV-BILL-ONLY', found, bill, planted, amountOf(bill))
  }),
]

/** What the spoiled line, the first of the bill, comes to. */
export function amountOf({ lines: [line] }: Bill): DecimalText {
  if (line === undefined) throw new RangeError('a bill without lines')
  const amount = multiply(decimal(line.quantity), line.unitPrice)
  return roundHalfUp(line.basis === 'HP' ? divideRounded(amount, decimal(100), 6) : amount, 2)
}

/** What so much of the spoiled PO line comes to at its price; all of it unless told. */
export const worthOf = ({ spoiled }: Case, quantity = spoiled.quantity): DecimalText =>
  roundHalfUp(multiply(decimal(quantity), spoiled.unitPrice), 2)

/** Dear enough that 0.8 % is whole cents, not so dear that it is over half a dollar. */
const isModest = (product: Product): boolean =>
  /^(1\d|2\d|3\d|4\d|5\d)(\.|$)/.test(packOf(product, product.sold).price ?? '')
