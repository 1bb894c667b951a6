import { add, type DecimalText, decimal, multiply, ZERO } from '../canonical/index.js'
import { type Fault, faultsOf } from './fault.js'
import { inTurn } from './in-turn.js'
import { inventProduct } from './invented-product.js'
import type { ContractPrice, PoLine } from './ledger-entries.js'
import { amountOfOrder } from './order-amount.js'
import { type PartnerName, supplierOf } from './parties.js'
import type { Planter } from './planting.js'
import { priceOf } from './products.js'

const fault = faultsOf('contract-price-sync')
const odd = (name: string, says: string, plant: Fault['plant']): Fault => fault(name, null, says, plant)

/** What may be wrong between contracts, price files and what is ordered, acknowledged and billed. Each has a product and a contract of its own. */
export const contractFaults: readonly Fault[] = [
  fault('order-over-contract', 'PRICE-CONTRACT', 'ordered at more than the contract says', (planter) => {
    const { found, contract } = agreed(planter)
    const order = bought(planter, found, { raisedBy: '1.35' })
    const amount = multiply(decimal(order.quantity), decimal('1.35'))
    expectPrice(planter, order, contract, 'PO', amount, 'ordered 1.35 dearer')
  }),
  fault('acknowledged-over-contract', 'PRICE-CONTRACT', 'acknowledged at more than the contract says', (planter) => {
    const { found, contract } = agreed(planter)
    const order = bought(planter, found)
    answered(planter, order, { unitPrice: add(order.unitPrice, decimal('0.85')) })
    expectPrice(planter, order, contract, '855', ZERO, 'acknowledged 0.85 dearer')
    planter.ledger.expect({
      job: 'po-acknowledgment',
      code: 'ACK-PRICE',
      keys: lineKeys(order),
      amount: multiply(decimal(order.quantity), decimal('0.85')),
      planted: 'acknowledged 0.85 dearer',
    })
  }),
  fault('billed-over-contract', 'PRICE-CONTRACT', 'billed at more than the contract says', (planter) => {
    const { found, contract, partner } = agreed(planter)
    const order = bought(planter, found, { received: true })
    const over = multiply(decimal(order.quantity), decimal('2.10'))
    const supplier = supplierOf(partner)
    const { company, facility, po, release, date: poDate } = order
    const unitPrice = add(order.unitPrice, decimal('2.10'))
    const lines = [{ order, quantity: order.quantity, unitPrice, identify: 'vendor' as const }]
    const bill = planter.ledger.bill({
      supplier,
      company,
      facility,
      daysAgo: 6,
      fate: 'held',
      po,
      release,
      poDate,
      lines,
    })
    expectPrice(planter, order, contract, '810', over, 'billed 2.10 dearer', bill.number)
    const keys = { ...lineKeys(order), invoice: bill.number, facility: facility.location }
    planter.ledger.expect({
      job: 'receipt-to-invoice',
      code: 'INV-PRICE',
      keys,
      amount: over,
      planted: 'billed 2.10 dearer',
    })
  }),
  fault('contract-expires', 'PRICE-EXPIRED', 'a contract ends soon, and none follows', (planter) => {
    const { found, contract } = agreed(planter, { to: -30 })
    expectEnd(planter, found, contract, ZERO, 'ends in 30 days')
  }),
  fault('contract-expired', 'PRICE-EXPIRED', 'bought although its contract has ended', (planter) => {
    const { found, contract } = agreed(planter, { to: 45 })
    const order = bought(planter, found)
    expectEnd(planter, found, contract, amountOfOrder(order), 'ended 45 days ago, bought since')
  }),
  fault('contracts-overlap', 'PRICE-OVERLAP', 'two contract lines for the same item, unit and days', (planter) => {
    const { found, contract } = agreed(planter)
    const other = write(planter, found, { contract: `${contract}Z`, from: 40, raisedBy: '0.25' })
    const order = bought(planter, found, { raisedBy: '0.25' })
    const { product, company, supplier } = found
    planter.ledger.expect({
      code: 'PRICE-OVERLAP',
      keys: {
        supplier: supplier.vendor[company.company],
        item: product.item[company.company],
        uom: product.sold,
        contract,
        other,
        date: planter.ledger.daysAgo(40),
      },
      amount: multiply(decimal(order.quantity), decimal('0.25')),
      planted: `${contract} and ${other}, 0.25 apart`,
    })
  }),
  fault('bought-off-contract', 'PRICE-OFF-CONTRACT', 'bought elsewhere while a contract covers the item', (planter) => {
    const { found, contract } = agreed(planter)
    const elsewhere: PartnerName = found.supplier.partner === 'carefirst' ? 'medsupply' : 'carefirst'
    const order = bought(planter, { ...found, supplier: supplierOf(elsewhere) })
    const keys = { ...lineKeys(order), contract }
    const amount = amountOfOrder(order)
    planter.ledger.expect({ code: 'PRICE-OFF-CONTRACT', keys, amount, planted: `bought from ${elsewhere}` })
  }),
  fault(
    'price-file-differs',
    'PRICE-CONTRACT',
    'the price file says another price than the contract in the ERP',
    (planter) => {
      const { found, contract } = agreed(planter)
      offer(planter, found, { contract, price: add(priceOf(found.product, 'BX'), decimal('3.00')) })
      expectFile(planter, 'PRICE-CONTRACT', found, contract, 'offered 3.00 dearer')
    },
  ),
  fault(
    'contract-in-unknown-unit',
    'XREF-UOM',
    'a contract priced by a unit that the item does not have',
    (planter) => {
      const { found, contract } = agreed(planter, { uom: 'KT' })
      bought(planter, found)
      const { product, company, supplier } = found
      planter.ledger.expect({
        code: 'XREF-UOM',
        keys: { supplier: supplier.vendor[company.company], item: product.item[company.company], contract, uom: 'KT' },
        amount: ZERO,
        planted: 'priced by KT',
      })
    },
  ),
  fault(
    'contract-price-changed',
    'OWN-VIOLATION',
    'tomorrow the ERP has another contract price than it had, and the price file owns it',
    (planter) => {
      const { found, contract } = agreed(planter)
      offer(planter, found, { contract, price: priceOf(found.product, 'BX') })
      const { ledger } = planter
      ledger.later(() => {
        const at = ledger.contractPrices.findIndex((one) => one.contract === contract)
        const line = ledger.contractPrices[at]
        if (line === undefined) throw new RangeError(`no contract ${contract}`)
        ledger.contractPrices[at] = { ...line, price: add(line.price, decimal('4.00')) }
        ledger.books.changed.add('contract-prices')
        expectFile(planter, 'OWN-VIOLATION', found, contract, 'raised by 4.00 in the ERP')
      })
    },
  ),
  odd('contract-ends-later', 'a contract that ends the day after soon', (planter) => {
    spare(planter, agreed(planter, { to: -31 }).found)
  }),
  odd('contract-followed', 'a contract that has ended, and one that follows it', (planter) => {
    const { found, contract } = agreed(planter, { to: 20 })
    write(planter, found, { contract: `${contract}N`, from: 19 })
    bought(planter, found)
    spare(planter, found)
  }),
  odd('contract-long-ended', 'a contract that ended long ago, of what nobody buys any more', (planter) => {
    spare(planter, agreed(planter, { to: 31 }).found)
  }),
  odd('contract-of-lower-priority', 'two lines for the same days, and one of them goes first', (planter) => {
    const { found, contract } = agreed(planter)
    write(planter, found, { contract: `${contract}L`, priority: '5', raisedBy: '-4.00' })
    bought(planter, found)
    spare(planter, found)
  }),
  odd('contract-on-hold', 'a cheaper line for the same days that is on hold', (planter) => {
    const { found, contract } = agreed(planter)
    write(planter, found, { contract: `${contract}H`, onHold: true, raisedBy: '-4.00' })
    bought(planter, found)
    spare(planter, found)
  }),
  odd('contract-by-case', 'ordered by the box, agreed by the case', (planter) => {
    const { found } = agreed(planter, { uom: 'CS' })
    bought(planter, found)
    spare(planter, found)
  }),
  odd('order-under-contract', 'ordered for less than the contract says', (planter) => {
    const { found } = agreed(planter)
    bought(planter, found, { raisedBy: '-1.00' })
    spare(planter, found)
  }),
  odd('price-file-agrees', 'the price file says what the contract says', (planter) => {
    const { found, contract } = agreed(planter)
    offer(planter, found, { contract, price: priceOf(found.product, 'BX') })
    spare(planter, found)
  }),
  odd('price-file-of-last-year', 'another price in the price file, and no longer in force', (planter) => {
    const { found, contract } = agreed(planter)
    offer(planter, found, { contract, price: decimal('1.00'), to: 1 })
    spare(planter, found)
  }),
]

type Found = Pick<PoLine, 'company' | 'supplier' | 'product'>

interface LineWishes {
  readonly contract?: string
  readonly from?: number
  /** Days ago of its last day; negative: still to come. */
  readonly to?: number
  readonly uom?: string
  readonly priority?: string
  readonly onHold?: boolean
  readonly raisedBy?: string
}

/** A product of its own under a contract of its own. */
function agreed(planter: Planter, wishes: LineWishes = {}) {
  const partner = inTurn(['medsupply', 'orthotech', 'carefirst'] as const, Number(planter.ledger.number('agreed', 0)))
  const found: Found = {
    company: planter.nextCompany(),
    supplier: supplierOf(partner),
    product: inventProduct(planter.ledger, partner, { onContract: true }),
  }
  return { found, partner, contract: write(planter, found, wishes) }
}

function write({ ledger }: Planter, { company, supplier, product }: Found, wishes: LineWishes): string {
  const { contract = `SC-${ledger.number('contract', 700)}`, uom = product.sold } = wishes
  const price = uom === 'KT' ? decimal('9.00') : priceOf(product, uom)
  const line: ContractPrice = {
    company,
    supplier,
    contract,
    product,
    uom,
    price: add(price, decimal(wishes.raisedBy ?? '0')),
    from: ledger.daysAgo(wishes.from ?? 300),
    to: ledger.daysAgo(wishes.to ?? -300),
    priority: wishes.priority ?? '1',
    onHold: wishes.onHold ?? false,
  }
  ledger.contractPrices.push(line)
  return contract
}

/** An order line of the product, a fortnight ago; on its way unless received. */
function bought(
  { ledger }: Planter,
  { company, supplier, product }: Found,
  wishes: { raisedBy?: string; received?: boolean } = {},
): PoLine {
  const quantity = ledger.random.between(4, 20)
  const unitPrice = add(priceOf(product, 'BX'), decimal(wishes.raisedBy ?? '0'))
  const [order] = ledger.order({ company, supplier, daysAgo: 14, lines: [{ product, quantity, unitPrice }] })
  if (order === undefined) throw new RangeError('an order without lines')
  if (wishes.received === true) ledger.receive(9, [order, quantity])
  return order
}

function answered({ ledger }: Planter, order: PoLine, changed: { readonly unitPrice: DecimalText }): void {
  const { supplier, company, po, date } = order
  ledger.acknowledgments.push({
    supplier,
    company,
    po,
    release: '',
    poDate: date,
    date: ledger.daysAgo(13),
    lines: [{ order, ...changed }],
  })
}

function offer(
  { ledger }: Planter,
  { company, supplier, product }: Found,
  { contract, price, to }: { readonly contract: string; readonly price: DecimalText; readonly to?: number },
): void {
  ledger.books.add('price-file', 'price_file_line', {
    contract,
    supplier: supplier.vendor[company.company],
    item: product.item[company.company],
    vendor_item: product.vendorItem,
    uom: product.sold,
    unit_price: price,
    effective_from: ledger.daysAgo(300),
    effective_to: to === undefined ? '' : ledger.daysAgo(to),
  })
}

function lineKeys({ company, po, line, supplier, product }: PoLine) {
  return {
    company: company.company,
    po,
    line,
    supplier: supplier.vendor[company.company],
    item: product.item[company.company],
  }
}

function expectPrice(
  planter: Planter,
  order: PoLine,
  contract: string,
  document: 'PO' | '855' | '810',
  amount: DecimalText,
  planted: string,
  invoice?: string,
): void {
  const keys = { ...lineKeys(order), contract, document, ...(invoice !== undefined && { invoice }) }
  planter.ledger.expect({ job: 'contract-price-sync', code: 'PRICE-CONTRACT', keys, amount, planted })
}

/** The price file and the contract in the ERP say different prices; no money is moved by that yet. */
function expectFile(
  { ledger }: Planter,
  code: 'PRICE-CONTRACT' | 'OWN-VIOLATION',
  { company, supplier, product }: Found,
  contract: string,
  planted: string,
): void {
  const [vendor, item] = [supplier.vendor[company.company], product.item[company.company]]
  const keys = { supplier: vendor, item, uom: product.sold, contract, document: 'price file' }
  ledger.expect({ code, keys, amount: ZERO, planted })
}

function expectEnd(
  planter: Planter,
  { company, supplier, product }: Found,
  contract: string,
  amount: DecimalText,
  planted: string,
): void {
  const keys = { supplier: supplier.vendor[company.company], item: product.item[company.company], contract }
  planter.ledger.expect({ code: 'PRICE-EXPIRED', keys, amount, planted })
}

const spare = (planter: Planter, { company, product }: Found): void =>
  planter.ledger.spare({ item: product.item[company.company] })
