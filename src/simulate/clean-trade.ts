import { decimal } from '../canonical/index.js'
import type { BilledRequest } from './billing.js'
import type { KeptBack } from './kept-back.js'
import type { Ledger } from './ledger.js'
import type { BilledCharge, PoLine } from './ledger-entries.js'
import { type Company, type Supplier, supplierOf, suppliers } from './parties.js'
import { orderUnits, type Product, pricePerHundred } from './products.js'
import { markOf } from './traceability.js'

/** How much ordinary trade there is around what is planted. */
export interface TradeSize {
  /** Invoices beside those that are planted. */
  readonly invoices: number
  /** PO lines in all, at the least. */
  readonly lines: number
}

/** Ordinary trade of some weeks: orders open, under way, billed tonight and long paid. Nothing in it may be questioned. */
export function fillWithCleanTrade(ledger: Ledger, kept: KeptBack, size: TradeSize): void {
  const { random } = ledger
  const seen = new Set<string>()
  const goal = ledger.bills.length + size.invoices
  while (ledger.bills.length < goal || ledger.poLines.length < size.lines) {
    const company = random.pick(ledger.companies)
    const supplier = supplierOf(random.pick(['medsupply', 'medsupply', 'orthotech', 'carefirst'] as const))
    const pool = ledger.products.filter((product) => product.partner === supplier.partner && !kept.all.has(product))
    const lines = random.sample(pool, random.between(1, supplier.partner === 'medsupply' ? 9 : 5)).map((product) => {
      const { uom } = random.pick(orderUnits(product))
      return { product, uom, quantity: ordinaryQuantity(ledger, product, uom) }
    })
    // The same goods in the same quantities twice would rightly look like a duplicate invoice.
    const signature = `${company.company} ${lines.map((line) => `${line.product.vendorItem} ${line.quantity} ${line.uom}`).sort()}`
    if (seen.has(signature)) continue
    seen.add(signature)
    trade(ledger, company, supplier, lines, ledger.bills.length < goal)
  }
}

/** Of a hundred orders so many have no invoice tonight. */
const UNBILLED = 38

type Lines = { product: Product; uom: string; quantity: number }[]

function trade(ledger: Ledger, company: Company, supplier: Supplier, lines: Lines, bills: boolean): void {
  const { random } = ledger
  const course = random.below(bills ? 100 : UNBILLED)
  const order = (daysAgo: number): PoLine[] => ledger.order({ company, supplier, daysAgo, lines })
  if (course < 12) void order(random.between(1, 12))
  else if (course < 21) receiveAll(ledger, order(random.between(12, 24)), random.between(1, 9))
  else if (course < UNBILLED) settleLongAgo(ledger, order(random.between(50, 85)))
  else if (course < 72) billWhole(ledger, order(random.between(14, 29)))
  else if (course < 84) billPartReceived(ledger, order(random.between(14, 24)))
  else if (course < 92) billInTwo(ledger, order(random.between(14, 24)))
  else billRest(ledger, order(random.between(20, 24)))
}

function receiveAll(ledger: Ledger, orders: readonly PoLine[], daysAgo: number): void {
  const received = orders.filter((order) => order.matching === 'three-way')
  if (received.length > 0) ledger.receive(daysAgo, ...received.map((order) => [order, order.quantity] as const))
}

function settleLongAgo(ledger: Ledger, orders: readonly PoLine[]): void {
  const received = ledger.random.between(35, 48)
  receiveAll(ledger, orders, received)
  ledger.pay(received - ledger.random.between(0, 4), wholeOf(orders))
  for (const order of orders) order.status = 'closed'
}

function billWhole(ledger: Ledger, orders: readonly PoLine[]): void {
  receiveAll(ledger, orders, ledger.random.between(5, 13))
  billClean(
    ledger,
    orders.map((order) => billedLine(ledger, order, order.quantity)),
  )
}

/** Some of each line has come, and that much is billed. */
function billPartReceived(ledger: Ledger, orders: readonly PoLine[]): void {
  const parts = orders.map((order) => [order, ledger.random.between(1, order.quantity)] as const)
  const onReceipt = parts.filter(([order]) => order.matching === 'three-way')
  if (onReceipt.length > 0) ledger.receive(ledger.random.between(5, 13), ...onReceipt)
  billClean(
    ledger,
    parts.map(([order, part]) => billedLine(ledger, order, part)),
  )
}

/** Two shipments, two receipts and two invoices of unlike size, both tonight. */
function billInTwo(ledger: Ledger, orders: readonly PoLine[]): void {
  const splits = orders.map((order) => splitOf(order))
  for (const place of [0, 1] as const) {
    const parts = splits.flatMap(([order, ...parts]) => (parts[place] > 0 ? [[order, parts[place]] as const] : []))
    const onReceipt = parts.filter(([order]) => order.matching === 'three-way')
    if (onReceipt.length > 0) ledger.receive(11 - place * 4, ...onReceipt)
    if (parts.length > 0)
      billClean(
        ledger,
        parts.map(([order, part]) => billedLine(ledger, order, part)),
      )
  }
}

/** Part was vouchered on an earlier night. */
function billRest(ledger: Ledger, orders: readonly PoLine[]): void {
  receiveAll(ledger, orders, ledger.random.between(14, 18))
  const splits = orders.map((order) => splitOf(order))
  ledger.pay(
    12,
    splits.map(([order, first]) => [order, first] as const),
  )
  const rest = splits.flatMap(([order, , second]) => (second > 0 ? [billedLine(ledger, order, second)] : []))
  if (rest.length > 0) billClean(ledger, rest)
}

/** Two unlike parts, the larger first; all in one where the quantity is too small to part unevenly. */
function splitOf(order: PoLine): [PoLine, number, number] {
  const whole = order.quantity
  const second = whole < 3 ? 0 : Math.max(1, Math.floor(whole / 3))
  return [order, whole - second, second]
}

const wholeOf = (orders: readonly PoLine[]) => orders.map((order) => [order, order.quantity] as const)

function ordinaryQuantity(ledger: Ledger, product: Product, uom: string): number {
  if (product.billOnly) return ledger.random.between(1, 4)
  if (uom === 'CS') return ledger.random.between(1, 12)
  return ledger.random.between(2, 40)
}

function billClean(ledger: Ledger, lines: readonly BilledRequest[]): void {
  const order = lines[0]?.order
  if (order === undefined) throw new RangeError('nothing to bill')
  const { supplier, company, facility, po, release, date: poDate } = order
  const daysAgo = ledger.random.between(1, 6)
  const charges = ordinaryCharges(ledger, supplier)
  ledger.bill({ supplier, company, facility, daysAgo, fate: 'clean', po, release, poDate, lines, charges })
}

/** A clean invoice line: now and then in another unit or price basis than ordered, or known by another of its codes. */
function billedLine(ledger: Ledger, order: PoLine, quantity: number): BilledRequest {
  const { random } = ledger
  const { product } = order
  if (product.billOnly) return { order, quantity, extraIds: markOf(random) }
  const other = random.chance(8) ? inSmallerPack(order, quantity) : undefined
  if (other !== undefined) return other
  if (product.ndc !== undefined && random.chance(25)) return { order, quantity, identify: 'ndc', assignedId: '' }
  if (product.hibc !== undefined && random.chance(25)) return { order, quantity, identify: 'hibc' }
  return { order, quantity }
}

/** Ordered by the case, billed by the box; or by the hundred each (price basis HP), where that comes out even. */
function inSmallerPack(order: PoLine, quantity: number): BilledRequest | undefined {
  const { product, supplier } = order
  const ordered = product.packs.find((pack) => pack.uom === order.uom)
  const sold = product.packs.find((pack) => pack.uom === product.sold)
  const base = product.packs[0]
  if (ordered === undefined || sold === undefined || base === undefined) return undefined
  if (ordered !== sold && sold.price !== undefined)
    return { order, quantity: quantity * (ordered.factor / sold.factor), uom: sold.uom, unitPrice: sold.price }
  if (supplier.partner !== 'carefirst' || ordered !== sold || ordered === base || 100 % ordered.factor !== 0)
    return undefined
  return { order, quantity: quantity * ordered.factor, uom: base.uom, unitPrice: pricePerHundred(product), basis: 'HP' }
}

function ordinaryCharges(ledger: Ledger, supplier: Supplier): BilledCharge[] {
  const { random } = ledger
  if (supplier.freightLimit !== undefined && random.chance(30)) {
    const cents = String(random.between(0, 99)).padStart(2, '0')
    const freight: BilledCharge = {
      kind: 'C',
      code: 'D240',
      amount: decimal(`${random.between(6, 17)}.${cents}`),
      description: 'FREIGHT',
    }
    const handling: BilledCharge = { kind: 'C', code: 'D500', amount: decimal('6.50'), description: 'HANDLING' }
    return random.chance(20) ? [freight, handling] : [freight]
  }
  if (supplier.partner === suppliers[1].partner && random.chance(6))
    return [{ kind: 'A', code: 'C310', amount: decimal('2.50'), description: 'PROMOTIONAL DISCOUNT' }]
  return []
}
