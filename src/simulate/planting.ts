import type { DecimalText, ExceptionCode, FindingKeys } from '../canonical/index.js'
import type { BilledRequest, BillRequest } from './billing.js'
import { inTurn } from './in-turn.js'
import type { KeptBack } from './kept-back.js'
import type { Ledger } from './ledger.js'
import type { Bill, PoLine } from './ledger-entries.js'
import { type Company, type PartnerName, type Supplier, supplierOf } from './parties.js'
import type { Product } from './products.js'

/** A PO made for one discrepancy. Its first line is the one to spoil, the others stay as they should be. */
export interface Case {
  readonly supplier: Supplier
  readonly company: Company
  readonly orders: readonly PoLine[]
  readonly spoiled: PoLine
  readonly others: readonly PoLine[]
}

export interface CaseWishes {
  readonly partner?: PartnerName
  readonly company?: Company['company']
  /** Which product the spoiled line may order; by default one that is neither on contract nor an implant. */
  readonly product?: (product: Product) => boolean
  readonly quantity?: number
  readonly uom?: (product: Product) => string
  /** How much of the spoiled line has come in; by default all. */
  readonly received?: number
  /** How many good lines stand beside it; by default up to three. */
  readonly others?: number
  readonly po?: string
  readonly release?: string
  readonly basis?: PoLine['basis']
  readonly twoWay?: boolean
  readonly freightAllowed?: DecimalText
  /** A second line orders the very same; it is no part of the case. */
  readonly twin?: boolean
  readonly ordered?: number
  readonly receivedDaysAgo?: number
}

const partners: readonly PartnerName[] = ['medsupply', 'carefirst', 'orthotech']

/** Makes discrepancies one by one, over all suppliers and companies in turn, each on a PO of its own. */
export class Planter {
  readonly ledger: Ledger
  readonly kept: KeptBack
  #turn = 0

  constructor(ledger: Ledger, kept: KeptBack) {
    this.ledger = ledger
    this.kept = kept
  }

  /** The next PO is of this company, the first being 0; suppliers go on taking turns. */
  comeTo(company: number): void {
    while (this.#turn % this.ledger.companies.length !== company) this.#turn++
  }

  /** The company that the next PO would be of, where something else than a PO is made. */
  nextCompany(): Company {
    return inTurn(this.ledger.companies, this.#turn)
  }

  companyOf(turn: number): Company['company'] {
    return inTurn(this.ledger.companies, turn).company
  }

  /** The next PO to spoil, received unless wished otherwise. */
  open(wishes: CaseWishes = {}): Case {
    const { ledger } = this
    const turn = this.#turn++
    const supplier = supplierOf(wishes.partner ?? partners[turn % partners.length] ?? 'medsupply')
    const wanted = wishes.company ?? this.companyOf(turn)
    const company = ledger.companies.find((one) => one.company === wanted) ?? inTurn(ledger.companies, turn)
    const pool = ledger.products.filter((product) => product.partner === supplier.partner)
    const product = ledger.random.pick(pool.filter(wishes.product ?? ((one) => this.isPlain(one))))
    const beside = pool.filter((one) => this.isPlain(one) && one !== product)
    const others = ledger.random.sample(beside, wishes.others ?? ledger.random.between(0, 3))
    const first = {
      product,
      quantity: wishes.quantity ?? ledger.random.between(8, 30),
      uom: wishes.uom?.(product) ?? product.sold,
      ...(wishes.basis !== undefined && { basis: wishes.basis }),
    }
    const placed = ledger.order({
      company,
      supplier,
      daysAgo: wishes.ordered ?? ledger.random.between(18, 24),
      ...(wishes.po !== undefined && { po: wishes.po }),
      ...(wishes.release !== undefined && { release: wishes.release }),
      ...(wishes.twoWay !== undefined && { twoWay: wishes.twoWay }),
      ...(wishes.freightAllowed !== undefined && { freightAllowed: wishes.freightAllowed }),
      lines: [
        first,
        ...others.map((one) => ({ product: one, quantity: ledger.random.between(2, 20) })),
        ...(wishes.twin === true ? [first] : []),
      ],
    })
    const orders = placed.slice(0, 1 + others.length)
    const [spoiled, ...rest] = orders
    if (spoiled === undefined) throw new RangeError('no line to spoil')
    const come = placed
      .map((order) => [order, order === spoiled ? (wishes.received ?? order.quantity) : order.quantity] as const)
      .filter(([order, quantity]) => quantity > 0 && order.matching === 'three-way')
    if (come.length > 0) ledger.receive(wishes.receivedDaysAgo ?? ledger.random.between(10, 16), ...come)
    return { supplier, company, orders, spoiled, others: rest }
  }

  /** A plain product of the same supplier, of the same sort where there is one, that none of the case's lines orders. */
  stranger(found: Case): Product {
    const onPo = new Set(found.orders.map(({ product }) => product))
    const pool = this.ledger.products.filter((one) => one.partner === found.spoiled.supplier.partner)
    const strangers = pool.filter((one) => this.isPlain(one) && !onPo.has(one))
    const alike = strangers.filter((one) => one.category === found.spoiled.product.category)
    return this.ledger.random.pick(alike.length > 0 ? alike : strangers)
  }

  /** Neither on contract, so that only the PO's price counts, nor an implant, nor kept for something else. */
  isPlain(product: Product): boolean {
    return !product.onContract && !product.billOnly && !this.kept.all.has(product)
  }

  /** The invoice of a case: all its lines in full, except as said. Old enough that nothing waits for a receipt. */
  bill(found: Case, spoiled: Partial<BilledRequest>, rest: Partial<BillRequest> = {}): Bill {
    const { supplier, company } = found
    const { facility, po, release, date: poDate, quantity } = found.spoiled
    return this.ledger.bill({
      supplier,
      company,
      facility,
      daysAgo: this.ledger.random.between(6, 9),
      fate: 'held',
      po,
      release,
      poDate,
      lines: [
        { order: found.spoiled, quantity, ...spoiled },
        ...found.others.map((order) => ({ order, quantity: order.quantity })),
      ],
      ...rest,
    })
  }

  /** Expects a finding about the spoiled line of an invoice, with so much money at risk. */
  expectLine(
    code: ExceptionCode,
    found: Case,
    bill: Bill,
    planted: string,
    amount: DecimalText,
    more: FindingKeys = {},
  ): void {
    this.ledger.expect({ code, keys: { ...lineKeys(found, bill), ...more }, amount, planted })
  }

  /** Expects a finding about a whole invoice. */
  expectInvoice(code: ExceptionCode, bill: Bill, planted: string, amount?: DecimalText, more: FindingKeys = {}): void {
    const { company, supplier, number } = bill
    const keys = { company: company.company, supplier: supplier.vendor[company.company], invoice: number, ...more }
    this.ledger.expect({ code, keys, planted, ...(amount !== undefined && { amount }) })
  }

  /** The case is in order, and so is its invoice: nothing may be raised about them. */
  spared({ company, spoiled }: Case, bill?: Bill): void {
    const keys = bill === undefined ? { po: spoiled.po } : { invoice: bill.number }
    this.ledger.spare({ company: company.company, ...keys })
  }
}

function lineKeys(found: Case, bill: Bill): FindingKeys {
  const { company, po, release, line, product, facility } = found.spoiled
  return {
    company: company.company,
    po,
    ...(release !== '' && { release }),
    line,
    invoice: bill.number,
    supplier: found.supplier.vendor[company.company],
    item: product.item[company.company],
    facility: facility.location,
  }
}
