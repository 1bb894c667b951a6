import { type DecimalText, decimal, divideRounded, multiply, negate } from '../canonical/index.js'
import { billed, type Charge, type ChargedBy, caseBook, type Usage } from './case-book.js'
import { type Fault, faultsOf } from './fault.js'
import type { Planter } from './planting.js'

const fault = faultsOf('charge-capture')
const odd = (name: string, says: string, plant: Fault['plant']): Fault => fault(name, null, says, plant)

/** What may be wrong between usage, charges, the chargemaster and the ledger. Each has cases of its own; no stock of ours is moved. */
export const chargeFaults: readonly Fault[] = [
  fault('usage-not-charged', 'CHG-MISSING', 'billable usage without a charge', (planter) => {
    const { book, shelf, price } = sold(planter)
    const used = book.use(shelf, { quantity: 3, daysAgo: 4 })
    expect(planter, 'CHG-MISSING', used, multiply(decimal(3), price), 'used four days ago, never charged')
  }),
  fault('charge-taken-back', 'CHG-MISSING', 'charged, and the charge was credited in full', (planter) => {
    const { book, shelf, price } = sold(planter)
    const used = book.use(shelf, { quantity: 2, daysAgo: 4 })
    const amount = multiply(decimal(2), price)
    book.charge(used, { quantity: 2, amount, daysAgo: 3 })
    book.charge(used, { quantity: -2, amount: negate(amount), daysAgo: 2 })
    expect(planter, 'CHG-MISSING', used, amount, 'charged and credited')
  }),
  fault('charge-without-usage', 'CHG-NO-USAGE', 'a charge for what nobody documented as used', (planter) => {
    const { book, shelf, price } = sold(planter)
    const used = notUsed(planter, shelf)
    book.charge(used, { quantity: 1, amount: price, daysAgo: 2 })
    expect(planter, 'CHG-NO-USAGE', used, price, 'charged two days ago, never used')
  }),
  fault('charge-of-other-quantity', 'CHG-QUANTITY', 'another quantity charged than used', (planter, turn) => {
    const { book, shelf, price } = sold(planter)
    const charged = turn % 2 === 0 ? 2 : 5
    const used = book.use(shelf, { quantity: 3, daysAgo: 4 })
    book.charge(used, { quantity: charged, amount: multiply(decimal(charged), price), daysAgo: 3 })
    const apart = multiply(decimal(Math.abs(charged - 3)), price)
    expect(planter, 'CHG-QUANTITY', used, apart, `3 used, ${charged} charged`)
  }),
  fault('charge-in-no-journal', 'CHG-UNPOSTED', 'a charge that is in no journal', (planter) => {
    const { book, shelf, price } = sold(planter)
    const used = book.use(shelf, { quantity: 1, daysAgo: 6 })
    unposted(
      planter,
      book.charge(used, { quantity: 1, amount: price, daysAgo: 4, posted: 'never' }),
      'its journal is empty',
    )
  }),
  fault('charge-not-posted', 'CHG-UNPOSTED', 'a charge whose journal the ledger has not posted', (planter) => {
    const { book, shelf, price } = sold(planter)
    const used = book.use(shelf, { quantity: 1, daysAgo: 6 })
    unposted(
      planter,
      book.charge(used, { quantity: 1, amount: price, daysAgo: 4, posted: 'unposted' }),
      'its journal waits',
    )
  }),
  fault('charge-of-unknown-item', 'XREF-ITEM', 'a charge for an item that leads to none of the ERP', (planter) => {
    const { book, shelf, price } = sold(planter)
    const identifier = `SUP-GONE-${planter.ledger.number('gone supply', 100)}`
    book.charge(notUsed(planter, shelf), { quantity: 1, amount: price, daysAgo: 2, identifier })
    planter.ledger.expect({ code: 'XREF-ITEM', keys: { identifier }, amount: price, planted: 'no cross-reference' })
  }),
  fault('charge-of-two-items', 'XREF-AMBIGUOUS', 'a charge for an item that leads to two of the ERP', (planter) => {
    const { book, shelf, price } = sold(planter)
    const identifier = `SUP-BOTH-${planter.ledger.number('both supply', 100)}`
    for (const item of [shelf.item, book.shelf(shelf.company, { stocked: false }).item])
      book.crossReference(item, identifier)
    book.charge(notUsed(planter, shelf), { quantity: 1, amount: price, daysAgo: 2, identifier })
    planter.ledger.expect({
      code: 'XREF-AMBIGUOUS',
      keys: { identifier },
      amount: price,
      planted: 'two items in the cross-reference',
    })
  }),
  fault(
    'charged-by-unknown-unit',
    'XREF-UOM',
    'the chargemaster asks by a unit that the item does not have',
    (planter) => {
      const { book, shelf, price } = sold(planter, 'nothing')
      book.charge(notUsed(planter, shelf), { quantity: 1, amount: price, daysAgo: 2 })
      const keys = { item: shelf.item, uom: 'KT' }
      planter.ledger.expect({ code: 'XREF-UOM', keys, amount: price, planted: 'charged by KT' })
    },
  ),
  odd('charge-on-last-day', 'not charged on the last day that usage may wait', (planter) => {
    const { book, shelf } = sold(planter)
    spare(planter, book.use(shelf, { quantity: 3, daysAgo: 3 }))
  }),
  odd('usage-may-follow', 'charged yesterday, and its usage may still be documented', (planter) => {
    const { book, shelf, price } = sold(planter)
    const used = notUsed(planter, shelf)
    book.charge(used, { quantity: 1, amount: price, daysAgo: 1 })
    spare(planter, used)
  }),
  odd('posting-on-last-day', 'not posted on the last day that a charge may be on its way', (planter) => {
    const { book, shelf, price } = sold(planter)
    const used = book.use(shelf, { quantity: 1, daysAgo: 5 })
    const { number, facility } = book.charge(used, { quantity: 1, amount: price, daysAgo: 3, posted: 'never' })
    planter.ledger.spare({ charge: number, facility })
  }),
  odd('charged-by-pack', 'used by the each, charged by the pack', (planter) => {
    const { book, shelf, price } = sold(planter, 'pack')
    const factor = shelf.product.packs[1]?.factor ?? 1
    const used = book.use(shelf, { quantity: factor, daysAgo: 4 })
    book.charge(used, { quantity: 1, amount: price, daysAgo: 3 })
    spare(planter, used)
  }),
  odd('charged-in-two', 'used at once, charged in two charges', (planter) => {
    const { book, shelf, price } = sold(planter)
    const used = book.use(shelf, { quantity: 4, daysAgo: 4 })
    const half = divideRounded(multiply(decimal(4), price), decimal(2), 2)
    for (const daysAgo of [3, 2]) book.charge(used, { quantity: 2, amount: half, daysAgo })
    spare(planter, used)
  }),
  odd('void-charge', 'charged and credited, and nothing used', (planter) => {
    const { book, shelf, price } = sold(planter)
    const used = notUsed(planter, shelf)
    book.charge(used, { quantity: 1, amount: price, daysAgo: 3 })
    book.charge(used, { quantity: -1, amount: negate(price), daysAgo: 3 })
    spare(planter, used)
  }),
]

/** A shelf without stock of ours, whose item the chargemaster asks for. */
function sold(planter: Planter, chargedBy: ChargedBy = 'base') {
  const book = caseBook(planter.ledger)
  const product = billed(planter.ledger, chargedBy)
  const shelf = book.shelf(planter.nextCompany(), { product, stocked: false })
  const uom = chargedBy === 'nothing' ? 'KT' : chargedBy === 'pack' ? product.packs[1]?.uom : undefined
  return { book, shelf, price: book.price(shelf, uom === undefined ? {} : { uom }) }
}

/** A case as charges name it, of which no usage was documented. */
function notUsed(planter: Planter, shelf: Usage['shelf']): Usage {
  return caseBook(planter.ledger).unseen(shelf, 4)
}

const keysOf = ({ caseHash, shelf, date }: Usage) => ({ case: caseHash, item: shelf.item, date })

function expect(
  planter: Planter,
  code: 'CHG-MISSING' | 'CHG-NO-USAGE' | 'CHG-QUANTITY',
  used: Usage,
  amount: DecimalText,
  planted: string,
): void {
  planter.ledger.expect({ code, keys: keysOf(used), amount, planted })
}

const spare = (planter: Planter, used: Usage): void => planter.ledger.spare(keysOf(used))

function unposted(planter: Planter, { number, facility, amount }: Charge, planted: string): void {
  planter.ledger.expect({ code: 'CHG-UNPOSTED', keys: { charge: number, facility }, amount, planted })
}
