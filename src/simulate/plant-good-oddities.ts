import { add, decimal, multiply, roundHalfUp } from '../canonical/index.js'
import type { Case, Planter } from './planting.js'
import { type Product, packOf, priceOf } from './products.js'

/** Odd, and yet in order: nothing of this may be raised. Each would be if a key, a sign, a unit or a tolerance were taken lightly. */
export function plantGoodOddities(planter: Planter): void {
  plantSharedPoNumber(planter)
  plantReleases(planter)
  plantGoodCredits(planter)
  plantWithinTolerance(planter)
  plantUnitsAndBases(planter)
  plantServices(planter)
  plantLineWithoutIds(planter)
}

const clean = { fate: 'clean' } as const

/** One PO number, two companies, other goods at other prices: the number alone finds the wrong line. */
function plantSharedPoNumber(planter: Planter): void {
  const { ledger } = planter
  for (const po of ['1500001', '1500002']) {
    const first = planter.open({ company: '10', po, others: 1 })
    const stranger = planter.stranger(first)
    const wishes = { company: '20', partner: first.supplier.partner, po, others: 0 } as const
    const second = planter.open({ ...wishes, product: (one) => one === stranger })
    for (const found of [first, second]) planter.bill(found, {}, { ...clean, daysAgo: ledger.random.between(2, 5) })
  }
}

/** A blanket PO with two releases whose lines look alike; each invoice names its release. */
function plantReleases(planter: Planter): void {
  for (const company of ['10', '20'] as const) {
    const first = planter.open({ company, release: '1', others: 0, quantity: 10 })
    const { product } = first.spoiled
    const { partner } = first.supplier
    const wishes = { company, partner, po: first.spoiled.po, release: '2', others: 0, quantity: 14 }
    const second = planter.open({ ...wishes, product: (one: Product) => one === product })
    planter.bill(first, {}, clean)
    planter.bill(second, {}, clean)
  }
}

/** Positive amounts, BIG07 CR: part of what was billed comes back. */
function plantGoodCredits(planter: Planter): void {
  for (let count = 0; count < 5; count++) {
    const found = planter.open({ others: 0, quantity: 16 })
    const creditOf = planter.ledger.pay(9, [[found.spoiled, 16]])
    const back = planter.ledger.random.between(1, 5)
    planter.ledger.receive(4, [found.spoiled, -back])
    planter.bill(found, { quantity: back }, { ...clean, credit: true, creditOf, daysAgo: 2 })
  }
}

/** Some cents dearer, inside what the supplier's tolerance leaves. */
function plantWithinTolerance(planter: Planter): void {
  const inReach = (one: Product): boolean => planter.isPlain(one) && /^\d{2}(\.|$)/.test(priceOf(one, one.sold))
  for (const partner of ['medsupply', 'carefirst', 'medsupply'] as const) {
    const found = planter.open({ partner, product: inReach })
    const unitPrice = roundHalfUp(multiply(found.spoiled.unitPrice, decimal('1.004')), 2)
    planter.bill(found, { unitPrice }, clean)
  }
  // Freight that the PO allows where the supplier's setting allows none.
  const freightAllowed = decimal('80.00')
  const found = planter.open({ partner: 'orthotech', others: 0, freightAllowed })
  const freight = { kind: 'C', code: 'D240', amount: decimal('72.30'), description: 'FREIGHT' } as const
  planter.bill(found, {}, { ...clean, charges: [freight] })
}

function plantUnitsAndBases(planter: Planter): void {
  const hundreds = (one: Product): boolean => planter.isPlain(one) && packOf(one, one.sold).factor === 100
  // Ordered at a price per hundred each, billed by the box.
  const perHundred = planter.open({
    partner: 'medsupply',
    product: hundreds,
    uom: () => 'EA',
    basis: 'HP',
    quantity: 600,
    others: 0,
  })
  const { product } = perHundred.spoiled
  planter.bill(perHundred, { quantity: 6, uom: product.sold, unitPrice: priceOf(product, product.sold) }, clean)
  // Ordered by the box and received by the each.
  const box = planter.open({ partner: 'medsupply', product: hundreds, received: 0, quantity: 7, others: 0 })
  planter.ledger.receive(8, [box.spoiled, 700, 'EA'])
  planter.bill(box, {}, clean)
  // Billed by the dozen, which no item master needs to say.
  const each = (one: Product): boolean => planter.isPlain(one) && one.sold === 'EA'
  const dozen = planter.open({ partner: 'orthotech', product: each, quantity: 36, others: 0 })
  planter.bill(dozen, { quantity: 3, uom: 'DZ', unitPrice: multiply(dozen.spoiled.unitPrice, decimal(12)) }, clean)
}

/** Two-way lines need no receipt. */
function plantServices(planter: Planter): void {
  for (let count = 0; count < 4; count++) planter.bill(planter.open({ twoWay: true, quantity: 5 }), {}, clean)
}

/** No product id at all: only one line of the PO has this price and quantity. */
function plantLineWithoutIds(planter: Planter): void {
  for (const partner of ['orthotech', 'carefirst'] as const) {
    const found = planter.open({ partner, quantity: 33, others: 2 })
    if (isUnique(found)) planter.bill(found, { identify: 'none' }, clean)
  }
}

const isUnique = ({ spoiled, others }: Case): boolean =>
  others.every((order) => add(order.unitPrice) !== add(spoiled.unitPrice) && order.quantity !== spoiled.quantity)
