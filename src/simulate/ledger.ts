import { type DecimalText, decimal, type FindingKeys, ZERO } from '../canonical/index.js'
import { type BillRequest, writeBill } from './billing.js'
import { Books } from './books.js'
import { daysBefore } from './days.js'
import type { ItemOddity } from './item-oddity.js'
import type {
  Acknowledged,
  Bill,
  ContractPrice,
  PlainVoucher,
  PoLine,
  Receipt,
  Requisition,
  SentOtherwise,
  Shipped,
  Vendor,
  Voucher,
} from './ledger-entries.js'
import type { ExpectedException, SparedCase } from './night-truth.js'
import { amountOfOrder } from './order-amount.js'
import { type Company, companies, type Facility, type Supplier } from './parties.js'
import type { Random } from './prng.js'
import { makeProducts, type Product, packOf, priceOf, pricePerHundred } from './products.js'
import type { BrokenCopy, SpoiledRecord } from './spoiled-record.js'

export interface OrderRequest {
  readonly company: Company
  readonly supplier: Supplier
  readonly facility?: Facility
  readonly daysAgo: number
  readonly po?: string
  readonly release?: string
  readonly twoWay?: boolean
  readonly freightAllowed?: DecimalText
  readonly lines: readonly OrderedLine[]
}

export interface OrderedLine {
  readonly product: Product
  readonly quantity: number
  /** By default the unit it is sold in. */
  readonly uom?: string
  /** Of one uom; by default the catalogue's. */
  readonly unitPrice?: DecimalText
  readonly basis?: PoLine['basis']
}

/** Goods are asked for so many days after the order. */
const DAYS_TO_DELIVER = 6

export interface PayWishes {
  readonly status?: 'open' | 'paid'
  readonly paidDaysAgo?: number
}

/** The books of one night while it is being made up: what was ordered, received, paid and billed, and what must be found. */
export class Ledger {
  readonly random: Random
  readonly asOf: string
  readonly products: readonly Product[]
  /** Beside those of the catalogue, for one fault each: ordinary trade does not know them. */
  readonly inventedProducts: Product[] = []
  /** How products stand in the lists of items, where not everywhere alike. */
  readonly itemOddities = new Map<Product, ItemOddity>()
  readonly poLines: PoLine[] = []
  readonly receipts: Receipt[] = []
  readonly vouchers: Voucher[] = []
  contractPrices: ContractPrice[] = []
  readonly bills: Bill[] = []
  readonly acknowledgments: Acknowledged[] = []
  readonly books = new Books()
  /** Beside the suppliers. */
  readonly vendors: Vendor[] = []
  readonly plainVouchers: PlainVoucher[] = []
  /** Beside those behind the orders. */
  readonly requisitions: Requisition[] = []
  readonly shipped: Shipped[] = []
  /** Order lines of which no 850 went out. */
  readonly unsent = new Set<PoLine>()
  readonly sentOtherwise = new Map<PoLine, SentOtherwise>()
  /** Lines that stand on an 850 beside those of the ERP, by the first line of the order. */
  readonly sentBeside = new Map<PoLine, readonly PoLine[]>()
  /** First lines of orders that nobody answers. */
  readonly unanswered = new Set<PoLine>()
  /** Order lines that nobody asked for. */
  readonly unasked = new Set<PoLine>()
  expected: ExpectedException[] = []
  readonly spared: SparedCase[] = []
  readonly tomorrow: (() => void)[] = []
  /** The fault that is being planted, and for which job. */
  planting: { readonly fault: string; readonly job: string } | undefined
  /** Records of extracts that their contracts do not let through. */
  readonly spoiled: SpoiledRecord[] = []
  /** Newer copies of extracts that are broken. */
  readonly brokenCopies: BrokenCopy[] = []
  /** A file of MedSupply lies there under two names. */
  sentAgain = false
  /** Lawson's receipts have a column that nobody announced. */
  newColumn = false
  /** Packs whose multiplier somebody left at 0 in the item master. */
  zeroFactors: ReadonlyMap<Product, string> = new Map()
  readonly #last = new Map<string, number>()

  readonly companies: readonly Company[]
  /** Key of the hashes that stand for people and cases. */
  readonly identityKey: string

  constructor(random: Random, asOf: string, its: readonly Company[] = companies, identityKey = '') {
    this.identityKey = identityKey
    this.random = random
    this.asOf = asOf
    this.companies = its
    this.products = makeProducts(random)
  }

  /** Base units in one uom, as the item master says. */
  factorOf(product: Product, uom: string): DecimalText {
    return this.zeroFactors.get(product) === uom ? ZERO : decimal(packOf(product, uom).factor)
  }

  daysAgo(days: number): string {
    return daysBefore(this.asOf, days)
  }

  /** Lines of one new PO, numbered from 1. */
  order(request: OrderRequest): PoLine[] {
    const ordered = this.draft(request)
    this.poLines.push(...ordered)
    return ordered
  }

  /** The lines of a PO that the books do not hold. */
  draft(request: OrderRequest): PoLine[] {
    const { company, supplier } = request
    const facility = request.facility ?? this.random.pick(company.facilities)
    const po = request.po ?? this.number(`po ${company.company}`, company.company === '10' ? 1204500 : 4500031200)
    return request.lines.map((line, index): PoLine => {
      const uom = line.uom ?? line.product.sold
      return {
        company,
        supplier,
        facility,
        po,
        release: request.release ?? '',
        line: String(index + 1),
        date: this.daysAgo(request.daysAgo),
        requestedOn: this.daysAgo(request.daysAgo - DAYS_TO_DELIVER),
        product: line.product,
        uom,
        quantity: line.quantity,
        unitPrice: line.unitPrice ?? (line.basis === 'HP' ? pricePerHundred(line.product) : priceOf(line.product, uom)),
        basis: line.basis ?? '',
        ...(request.freightAllowed !== undefined && { freightAllowed: request.freightAllowed }),
        // Bill-only goods never pass the dock: they are billed on usage.
        matching: request.twoWay === true || line.product.billOnly ? 'two-way' : 'three-way',
        status: 'open',
      }
    })
  }

  /** One receipt over the lines given. A return is negative. */
  receive(daysAgo: number, ...lines: readonly (readonly [PoLine, quantity: number, uom?: string])[]): void {
    const number = this.number('receipt', 880100)
    for (const [index, [order, quantity, uom = order.uom]] of lines.entries())
      this.receipts.push({ order, number, line: String(index + 1), quantity, uom, date: this.daysAgo(daysAgo) })
  }

  /** An invoice the ERP has already vouchered, so many days ago; gives back its number. Older than a month it is paid, unless told. */
  pay(daysAgo: number, lines: readonly (readonly [PoLine, quantity: number])[], wishes: PayWishes = {}): string {
    const [first] = lines
    if (first === undefined) throw new RangeError('nothing to pay')
    const number = this.voucherNumber()
    const paid = this.invoiceNumber(first[0].supplier)
    const status = wishes.status ?? (wishes.paidDaysAgo !== undefined || daysAgo > 30 ? 'paid' : 'open')
    for (const [index, [order, quantity]] of lines.entries())
      this.vouchers.push({
        order,
        number,
        line: String(index + 1),
        invoice: paid,
        invoiceDate: this.daysAgo(daysAgo),
        quantity,
        uom: order.uom,
        unitPrice: order.unitPrice,
        amount: amountOfOrder(order, quantity),
        status,
        ...(wishes.paidDaysAgo !== undefined && { paidOn: this.daysAgo(wishes.paidDaysAgo) }),
      })
    return paid
  }

  /** An invoice of tonight. */
  bill(request: BillRequest): Bill {
    const bill = writeBill(
      request,
      request.number ?? this.invoiceNumber(request.supplier),
      this.daysAgo(request.daysAgo),
    )
    this.bills.push(bill)
    return bill
  }

  expect(expected: ExpectedException): void {
    this.expected.push({ ...this.planting, ...expected })
  }

  /** What becomes of tonight's case tomorrow: a second run must find it, against what the first has remembered. */
  later(change: () => void): void {
    const { planting } = this
    this.tomorrow.push(() => {
      this.planting = planting
      change()
      this.planting = undefined
    })
  }

  /** What is being planted now is in order: nothing with these keys may be raised. */
  spare(keys: FindingKeys): void {
    if (this.planting !== undefined) this.spared.push({ ...this.planting, keys })
  }

  /** Price per order unit of the contract line in force on the date of the PO line. */
  contractPriceOf(order: PoLine): DecimalText {
    const found = this.contractPrices.find(
      (one) =>
        one.product === order.product &&
        one.company === order.company &&
        one.priority === '1' &&
        !one.onHold &&
        one.from <= order.date &&
        order.date <= one.to,
    )
    if (found === undefined) throw new RangeError(`${order.product.description} is on no contract`)
    return found.price
  }

  voucherNumber(): string {
    return this.number('voucher', 552000)
  }

  /** Numbers skip as a busy supplier's do, so that two are never alike after punctuation and zeros are dropped. */
  invoiceNumber(supplier: Supplier): string {
    const start = supplier.partner === 'medsupply' ? 70412200 : 104400
    const number = this.number(`invoice ${supplier.partner}`, start, this.random.between(2, 30))
    return supplier.partner === 'medsupply' ? number : `${supplier.invoicePrefix}${number}`
  }

  /** The next number of a kind, the first being `start` and a step. */
  number(kind: string, start: number, step = 1): string {
    const next = (this.#last.get(kind) ?? start) + step
    this.#last.set(kind, next)
    return String(next)
  }
}
