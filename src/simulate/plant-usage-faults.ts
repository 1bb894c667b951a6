import { decimal, multiply, ZERO } from '../canonical/index.js'
import { caseBook, type Shelf, type ShelfWishes, type Usage } from './case-book.js'
import { type Fault, faultsOf } from './fault.js'
import { inTurn } from './in-turn.js'
import type { Planter } from './planting.js'
import { type Product, packOf, priceOf } from './products.js'

const fault = faultsOf('usage-to-replenishment')
const odd = (name: string, says: string, plant: Fault['plant']): Fault => fault(name, null, says, plant)

/** What may be wrong with what was used on cases, with its stock, and with what the ERP shows of it. Each has a shelf of its own. */
export const usageFaults: readonly Fault[] = [
  fault(
    'usage-came-twice',
    'USE-DUPLICATE',
    'one line of a case under two numbers, or one serial twice',
    (planter, turn) => {
      const { book, shelf } = kept(planter)
      const serial = turn % 2 === 0 ? '' : `SN${planter.ledger.number('serial', 4000)}`
      const first = book.use(shelf, { quantity: 1, daysAgo: 2, serial })
      book.issue(first)
      const same = turn % 2 === 0 ? { caseId: first.caseId } : { serial }
      const again = book.use(shelf, { quantity: 1, daysAgo: 2, documentedDaysAgo: 1, ...same })
      planter.ledger.expect({
        code: 'USE-DUPLICATE',
        keys: { case: again.caseHash, line: again.line, identifier: again.identifier, record: again.usage },
        amount: ZERO,
        planted: `${again.usage} is ${first.usage} again`,
      })
    },
  ),
  fault('implant-without-lot', 'USE-LOT-MISSING', 'an implant without lot or serial number', (planter) => {
    const { book, shelf } = kept(planter, { product: implant(planter) })
    const used = book.use(shelf, { quantity: 2, daysAgo: 2 })
    expect(planter, 'USE-LOT-MISSING', used, 'neither lot nor serial')
  }),
  fault('usage-after-period-closed', 'USE-LATE', 'documented when its accounting period had long closed', (planter) => {
    const { book, shelf } = kept(planter, { product: implant(planter) })
    expect(
      planter,
      'USE-LATE',
      book.use(shelf, { quantity: 1, daysAgo: 125, documentedDaysAgo: 1, lot: 'L77' }),
      'used 125 days ago',
    )
  }),
  fault(
    'late-usage-issued-before',
    'USE-LATE',
    'documented after its period had closed, and issued before that',
    (planter) => {
      const { book, shelf } = kept(planter, { product: implant(planter) })
      const used = book.use(shelf, { quantity: 1, daysAgo: 125, documentedDaysAgo: 1, lot: 'L78' })
      book.issue(used)
      expect(planter, 'USE-LATE', used, 'used 125 days ago, and issued then')
    },
  ),
  fault('stock-below-zero', 'USE-NEGATIVE-STOCK', 'more used than was on hand', (planter) => {
    const { book, shelf } = kept(planter, { onHand: 2 })
    book.use(shelf, { quantity: 5, daysAgo: 1 })
    planter.ledger.expect({
      code: 'USE-NEGATIVE-STOCK',
      keys: stockKeys(shelf),
      amount: book.costOf(shelf, 3),
      planted: '5 used, 2 on hand',
    })
  }),
  fault('usage-not-issued', 'USE-NOT-POSTED', 'no inventory transaction shows it in its days', (planter) => {
    const { book, shelf } = kept(planter)
    expect(
      planter,
      'USE-NOT-POSTED',
      book.use(shelf, { quantity: 3, daysAgo: 3 }),
      'used three days ago, and not issued',
    )
  }),
  fault(
    'usage-issued-in-part',
    'USE-NOT-POSTED',
    'two lines of a case, and stock issued for one of them',
    (planter) => {
      const { book, shelf } = kept(planter)
      const first = book.use(shelf, { quantity: 3, daysAgo: 3 })
      const second = book.use(shelf, { quantity: 4, daysAgo: 3, caseId: first.caseId, line: '2' })
      book.issue(first, { toCase: true })
      expect(planter, 'USE-NOT-POSTED', second, '3 issued to the case, 7 used')
    },
  ),
  fault('issue-without-usage', 'USE-NO-USAGE', 'stock issued to a case that documented no usage of it', (planter) => {
    const { book, shelf } = kept(planter)
    const other = book.shelf(shelf.company)
    const used = book.use(other, { quantity: 1, daysAgo: 2 })
    book.issue(used)
    book.issue({ ...used, shelf, uom: shelf.uom }, { toCase: true, quantity: 2 })
    planter.ledger.expect({
      code: 'USE-NO-USAGE',
      keys: { company: shelf.company.company, case: used.caseHash, item: shelf.item },
      amount: book.costOf(shelf, 2),
      planted: '2 issued to a case that used another item',
    })
  }),
  fault('stock-at-reorder-point', 'STOCK-REORDER', 'stock after usage is down to the reorder point', (planter) => {
    const product = onContract(planter)
    const { book, shelf } = kept(planter, { product, onHand: 14, reorderPoint: 10, par: 200 })
    book.use(shelf, { quantity: 4, daysAgo: 1 })
    const { factor } = packOf(product, product.sold)
    const amount = multiply(decimal(Math.ceil(190 / factor)), priceOf(product, product.sold))
    planter.ledger.expect({
      code: 'STOCK-REORDER',
      keys: stockKeys(shelf),
      amount,
      planted: '14 less 4 is 10; 190 to par',
    })
  }),
  fault(
    'stock-to-reorder-without-contract',
    'STOCK-REORDER',
    'to be ordered again, and no contract says from whom',
    (planter) => {
      const { shelf } = kept(planter, { onHand: 3, reorderPoint: 10, par: 40 })
      planter.ledger.expect({
        code: 'STOCK-REORDER',
        keys: stockKeys(shelf),
        amount: ZERO,
        planted: '3 on hand, 10 is the point',
      })
    },
  ),
  fault('supply-unknown', 'XREF-ITEM', 'an item of the clinical system that leads to none of the ERP', (planter) => {
    const { book, shelf } = kept(planter, { stocked: false })
    const identifier = `SUP-LOST-${planter.ledger.number('lost supply', 100)}`
    book.use(shelf, { quantity: 1, daysAgo: 2, identifier })
    inBoth(planter, 'XREF-ITEM', { identifier }, 'no cross-reference')
  }),
  fault(
    'supply-of-two-items',
    'XREF-AMBIGUOUS',
    'an item of the clinical system that leads to two of the ERP',
    (planter) => {
      const { book, shelf } = kept(planter, { stocked: false })
      const other = book.shelf(shelf.company, { stocked: false })
      const identifier = `SUP-TWO-${planter.ledger.number('double supply', 100)}`
      for (const { item } of [shelf, other]) book.crossReference(item, identifier)
      book.use(shelf, { quantity: 1, daysAgo: 2, identifier })
      inBoth(planter, 'XREF-AMBIGUOUS', { identifier }, 'two items in the cross-reference')
    },
  ),
  fault('usage-in-unknown-unit', 'XREF-UOM', 'used in a unit without a way to the base unit', (planter) => {
    const { book, shelf } = kept(planter, { stocked: false, product: unitless(planter, 'VI') })
    book.use(shelf, { quantity: 1, daysAgo: 2, uom: 'VI' })
    inBoth(planter, 'XREF-UOM', { item: shelf.item, uom: 'VI' }, 'nothing says how many one VI is')
  }),
  fault('stock-in-unknown-unit', 'XREF-UOM', 'stock counted in a unit without a way to the base unit', (planter) => {
    const { shelf } = kept(planter, { stockUnit: 'KT' })
    planter.ledger.expect({
      code: 'XREF-UOM',
      keys: { ...stockKeys(shelf), uom: 'KT' },
      amount: ZERO,
      planted: 'counted by KT',
    })
  }),
  fault('location-unknown', 'XREF-LOCATION', 'used at a location that the ERP does not have', (planter) => {
    const { book, shelf } = kept(planter, { stocked: false, known: false })
    book.use(shelf, { quantity: 1, daysAgo: 2 })
    const keys = { location: shelf.location }
    planter.ledger.expect({ code: 'XREF-LOCATION', keys, amount: ZERO, planted: 'is in no list of locations' })
  }),
  fault('location-without-cost-center', 'XREF-COSTCENTER', 'used at a location that has no cost centre', (planter) => {
    const { book, shelf } = kept(planter, { stocked: false, costCenter: '' })
    book.use(shelf, { quantity: 1, daysAgo: 2 })
    const keys = { location: shelf.location }
    planter.ledger.expect({ code: 'XREF-COSTCENTER', keys, amount: ZERO, planted: 'its cost centre is empty' })
  }),
  odd('usage-on-last-day', 'not issued on the last day that the ERP may take', (planter) => {
    const { book, shelf } = kept(planter)
    spare(planter, book.use(shelf, { quantity: 3, daysAgo: 2 }))
  }),
  odd('stock-used-up', 'used to the last one, and no reorder point', (planter) => {
    const { book, shelf } = kept(planter, { onHand: 5 })
    spare(planter, book.use(shelf, { quantity: 5, daysAgo: 1 }))
    planter.ledger.spare(stockKeys(shelf))
  }),
  odd('stock-above-reorder-point', 'one more than the reorder point', (planter) => {
    const { book, shelf } = kept(planter, { onHand: 15, reorderPoint: 10, par: 200 })
    book.use(shelf, { quantity: 4, daysAgo: 1 })
    planter.ledger.spare(stockKeys(shelf))
  }),
  odd('usage-put-back', 'three used, two put back, one issued to the case', (planter) => {
    const { book, shelf } = kept(planter)
    const used = book.use(shelf, { quantity: 3, daysAgo: 3 })
    const back = book.use(shelf, { quantity: -2, daysAgo: 3, caseId: used.caseId, line: '2' })
    book.issue(used, { quantity: 3 })
    book.issue(back, { quantity: -2 })
    spare(planter, used)
    spare(planter, back)
  }),
  odd('issue-by-pack', 'used by the each, issued by the box', (planter) => {
    const { book, shelf } = kept(planter, { product: packed(planter), onHand: 5000 })
    const [, pack] = shelf.product.packs
    if (pack === undefined) throw new RangeError('a pack is wanted')
    const used = book.use(shelf, { quantity: pack.factor, daysAgo: 3 })
    book.issue(used, { toCase: true, quantity: 1, uom: pack.uom })
    spare(planter, used)
  }),
  odd('implant-with-serial', 'an implant with its serial number', (planter) => {
    const { book, shelf } = kept(planter, { product: implant(planter), stocked: false })
    spare(planter, book.use(shelf, { quantity: 1, daysAgo: 2, serial: `SN${planter.ledger.number('serial', 4000)}` }))
  }),
]

function kept(planter: Planter, wishes: ShelfWishes = {}) {
  const book = caseBook(planter.ledger)
  return { book, shelf: book.shelf(planter.nextCompany(), wishes) }
}

const some = (planter: Planter, what: string, fits: (one: Product) => boolean): Product =>
  inTurn(planter.ledger.products.filter(fits), Number(planter.ledger.number(what, -1)))

const implant = (planter: Planter): Product => some(planter, 'implant', (one) => one.billOnly)
const onContract = (planter: Planter): Product =>
  some(planter, 'product on contract', (one) => one.onContract && !planter.kept.repriced.includes(one))
const packed = (planter: Planter): Product =>
  some(planter, 'product in packs', (one) => planter.isPlain(one) && one.packs.length > 1)
/** One that no other fault of the night uses in this unit. */
const unitless = (planter: Planter, uom: string): Product =>
  some(planter, `product without ${uom}`, (one) => planter.isPlain(one) && one.packs.every((pack) => pack.uom !== uom))

const stockKeys = ({ company, location, item }: Shelf) => ({ company: company.company, location, item })

const usageKeys = ({ caseHash, line, shelf }: Usage) => ({ case: caseHash, line, item: shelf.item })

type OfUsage = 'USE-LOT-MISSING' | 'USE-LATE' | 'USE-NOT-POSTED'

/** Money at risk: what the usage cost. */
function expect(planter: Planter, code: OfUsage, used: Usage, planted: string): void {
  const amount = multiply(decimal(used.quantity), used.shelf.unitCost)
  planter.ledger.expect({ code, keys: usageKeys(used), amount, planted })
}

const spare = (planter: Planter, used: Usage): void => planter.ledger.spare(usageKeys(used))

/** charge-capture reads the usage too, and cannot place it either: whichever of the two runs first tells it. */
function inBoth(
  planter: Planter,
  code: 'XREF-ITEM' | 'XREF-AMBIGUOUS' | 'XREF-UOM',
  keys: { readonly identifier?: string; readonly item?: string; readonly uom?: string },
  planted: string,
): void {
  for (const job of ['usage-to-replenishment', 'charge-capture'])
    planter.ledger.expect({ job, code, keys, amount: ZERO, planted })
}
