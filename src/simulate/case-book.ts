import { type DecimalText, decimal, multiply, negate } from '../canonical/index.js'
import { erpExtract } from './erp-extracts.js'
import { identityOf } from './identity.js'
import { inTurn } from './in-turn.js'
import { showInLedger } from './journal-book.js'
import type { Ledger } from './ledger.js'
import type { Company, Facility } from './parties.js'
import type { Product } from './products.js'

/** Where something is kept and used: a requesting location with the stock of one item, or without any. */
export interface Shelf {
  readonly company: Company
  readonly facility: Facility
  readonly location: string
  readonly product: Product
  readonly item: string
  /** Base unit of the item. */
  readonly uom: string
  readonly unitCost: DecimalText
}

export interface ShelfWishes {
  /** By default one that is neither an implant nor on contract. */
  readonly product?: Product
  readonly costCenter?: string
  /** None at all: what is used there moves no stock. */
  readonly stocked?: boolean
  readonly onHand?: number
  readonly onOrder?: number
  readonly reorderPoint?: number
  readonly par?: number
  readonly stockUnit?: string
  readonly known?: boolean
}

export interface UsageWishes {
  readonly quantity: number
  readonly daysAgo: number
  readonly documentedDaysAgo?: number
  readonly uom?: string
  readonly identifier?: string
  readonly location?: string
  readonly lot?: string
  readonly serial?: string
  readonly caseId?: string
  readonly line?: string
  readonly billOnly?: boolean
}

export interface Usage {
  readonly shelf: Shelf
  readonly usage: string
  readonly caseId: string
  /** As it is known after it was read. */
  readonly caseHash: string
  readonly line: string
  readonly identifier: string
  readonly date: string
  readonly quantity: number
  readonly uom: string
}

const booksOf = new WeakMap<Ledger, CaseBook>()

/** The one book of cases of a health system: what was used, issued and charged. */
export function caseBook(ledger: Ledger): CaseBook {
  const book = booksOf.get(ledger) ?? new CaseBook(ledger)
  booksOf.set(ledger, book)
  return book
}

/** What the clinical system knows an item by. */
const supplyOf = (item: string): string => `SUP-${item}`

export class CaseBook {
  readonly #ledger: Ledger
  readonly #plain: readonly Product[]
  readonly #crossReferenced = new Set<string>()
  readonly #prices = new Map<string, DecimalText>()

  constructor(ledger: Ledger) {
    this.#ledger = ledger
    this.#plain = ledger.products.filter((one) => !one.onContract && !one.billOnly && !ledger.zeroFactors.has(one))
  }

  /** A shelf of its own, so that nothing else moves its stock. */
  shelf(company: Company, wishes: ShelfWishes = {}): Shelf {
    const { random, books } = this.#ledger
    const number = Number(this.#ledger.number('shelf', 0))
    const facility = inTurn(company.facilities, number)
    const product = wishes.product ?? inTurn(this.#plain, number)
    const [base] = product.packs
    if (base === undefined) throw new RangeError(`${product.description} has no unit`)
    const shelf: Shelf = {
      company,
      facility,
      location: `${facility.location}-S${number}`,
      product,
      item: product.item[company.company],
      uom: base.uom,
      unitCost: decimal(`${random.between(1, 40)}.${String(random.between(0, 99)).padStart(2, '0')}`),
    }
    if (wishes.known !== false)
      books.add(erpExtract(company, 'requesting-locations'), 'location', {
        company: company.company,
        location: shelf.location,
        name: `Supplies ${number}, ${facility.name}`,
        facility: company.erp === 'lawson' ? facility.location : '',
        cost_center: wishes.costCenter ?? facility.costCenter,
        stock_location: '',
        status: 'active',
      })
    if (wishes.stocked !== false) this.#stock(shelf, wishes)
    this.crossReference(shelf.item)
    return shelf
  }

  /** The clinical system's number leads to the item. */
  crossReference(item: string, identifier = supplyOf(item)): void {
    if (this.#crossReferenced.has(`${identifier} ${item}`)) return
    this.#crossReferenced.add(`${identifier} ${item}`)
    this.#ledger.books.add('item-xref', 'item_xref', { identifier, item, effective_from: '', effective_to: '' })
  }

  #stock(shelf: Shelf, { onHand = 60, onOrder, reorderPoint, par, stockUnit = shelf.uom }: ShelfWishes): void {
    const { company, location, item, unitCost } = shelf
    const said = (value: number | undefined): string => (value === undefined ? '' : String(value))
    this.#ledger.books.add(erpExtract(company, 'item-locations'), 'stock_item', {
      company: company.company,
      location,
      item,
      uom: stockUnit,
      on_hand: String(onHand),
      // Carts do not know what is on order.
      ...(company.erp === 'lawson' && { on_order: said(onOrder) }),
      reorder_point: said(reorderPoint),
      par: said(par),
      unit_cost: unitCost,
      issue_account: '6100',
      status: 'active',
    })
  }

  use(shelf: Shelf, wishes: UsageWishes): Usage {
    const { books } = this.#ledger
    const number = this.#ledger.number('usage', 700_000)
    const usage: Usage = {
      ...this.unseen(shelf, wishes.daysAgo, wishes.caseId),
      usage: `U${number}`,
      line: wishes.line ?? '1',
      quantity: wishes.quantity,
      ...(wishes.identifier !== undefined && { identifier: wishes.identifier }),
      ...(wishes.uom !== undefined && { uom: wishes.uom }),
    }
    books.add(
      'ehr-usage',
      'usage_line',
      {
        usage: usage.usage,
        case_hash: usage.caseId,
        line: usage.line,
        identifier: usage.identifier,
        description: shelf.product.description,
        quantity: String(usage.quantity),
        uom: usage.uom,
        lot: wishes.lot ?? '',
        serial: wishes.serial ?? '',
        location: wishes.location ?? shelf.location,
        used_on: usage.date,
        documented_on: this.#ledger.daysAgo(wishes.documentedDaysAgo ?? wishes.daysAgo),
        bill_only: String(wishes.billOnly ?? false),
      },
      patient(number),
    )
    return usage
  }

  /** A case at which the item may have been used, and nobody documented it. */
  unseen(shelf: Shelf, daysAgo: number, caseId = `C${this.#ledger.number('case', 88_000)}`): Usage {
    return {
      shelf,
      usage: '',
      caseId,
      caseHash: identityOf(this.#ledger, caseId),
      line: '',
      identifier: supplyOf(shelf.item),
      date: this.#ledger.daysAgo(daysAgo),
      quantity: 0,
      uom: shelf.uom,
    }
  }

  /** The ERP issued it: to the usage it names, or to the case alone. */
  issue(
    usage: Usage,
    wishes: { readonly toCase?: boolean; readonly quantity?: number; readonly uom?: string } = {},
  ): string {
    const { company, location, item } = usage.shelf
    const { toCase = false, quantity = usage.quantity, uom = usage.uom } = wishes
    const document = this.#ledger.number('inventory document', 610_000)
    this.#ledger.books.add(erpExtract(company, 'inventory-transactions'), 'inventory_transaction', {
      company: company.company,
      location,
      item,
      kind: company.erp === 'lawson' ? 'issue' : 'pick',
      document,
      line: '1',
      quantity: company.erp === 'lawson' ? negate(decimal(quantity)) : String(quantity),
      uom,
      ...(company.erp === 'lawson' && { uom_factor: '' }),
      transacted_on: usage.date,
      usage: toCase ? '' : usage.usage,
      case_hash: usage.caseId,
    })
    return document
  }

  /** What so much of a shelf costs. */
  costOf = ({ unitCost }: Shelf, quantity: number): DecimalText => multiply(decimal(quantity), unitCost)

  /** What the chargemaster asks for a unit of the item; the same each time. */
  price(shelf: Shelf, wishes: { readonly uom?: string; readonly price?: DecimalText } = {}): DecimalText {
    const { random, books } = this.#ledger
    const before = this.#prices.get(shelf.item)
    if (before !== undefined) return before
    const price = wishes.price ?? decimal(`${random.between(30, 400)}.${random.pick(['00', '50'])}`)
    this.#prices.set(shelf.item, price)
    books.add('chargemaster', 'chargemaster', {
      charge_code: codeOf(shelf),
      item: shelf.item,
      description: shelf.product.description,
      price,
      uom: wishes.uom ?? shelf.uom,
      facility: '',
      effective_from: this.#ledger.daysAgo(400),
      effective_to: '',
    })
    return price
  }

  charge(usage: Usage, wishes: ChargeWishes): Charge {
    const { company, facility } = usage.shelf
    const number = this.#ledger.number('charge', 30_000)
    const charge = { number: `K${number}`, facility: facility.location, amount: wishes.amount }
    const journal = wishes.posted === 'never' ? '' : `PB${number}`
    this.#ledger.books.add(
      'ehr-charges',
      'charge_line',
      {
        charge: charge.number,
        case_hash: usage.caseId,
        identifier: wishes.identifier ?? usage.identifier,
        charge_code: codeOf(usage.shelf),
        quantity: String(wishes.quantity),
        amount: wishes.amount,
        service_date: usage.date,
        charged_on: this.#ledger.daysAgo(wishes.daysAgo),
        facility: facility.location,
        company: company.company,
        journal,
      },
      patient(number),
    )
    if (journal !== '')
      showInLedger(this.#ledger, {
        company,
        source: 'PB',
        journal,
        period: this.#ledger.daysAgo(wishes.daysAgo).slice(0, 7),
        status: wishes.posted ?? 'posted',
        lines: [
          { account: '4010', costCenter: facility.costCenter, amount: negate(wishes.amount) },
          { account: '1400', costCenter: facility.costCenter, amount: wishes.amount },
        ],
      })
    return charge
  }
}

export interface ChargeWishes {
  readonly quantity: number
  readonly amount: DecimalText
  readonly daysAgo: number
  readonly identifier?: string
  /** What the ledger shows of it; never: it is in no journal yet. */
  readonly posted?: 'posted' | 'unposted' | 'never'
}

export interface Charge {
  readonly number: string
  readonly facility: string
  readonly amount: DecimalText
}

const codeOf = ({ item }: Shelf): string => `CDM${item}`

/** Nobody: the same in every night, and easy to look for where it must not be. */
const patient = (number: string): Record<string, string> => ({
  PATIENT_MRN: `MRN${number}`,
  PATIENT_NAME: 'SPECIMEN, PATIENT',
})

/** Ordinary cases: used from stock and issued, charged and posted. */
export function fillWithCases(ledger: Ledger, cases: number): void {
  const book = caseBook(ledger)
  for (const company of ledger.companies)
    for (let count = 0; count < Math.max(3, Math.ceil(cases / ledger.companies.length)); count++) {
      const shelf = book.shelf(company, { reorderPoint: 10, par: 80 })
      const used = book.use(shelf, { quantity: ledger.random.between(1, 4), daysAgo: ledger.random.between(1, 9) })
      book.issue(used, { toCase: ledger.random.chance(30) })
    }
  for (const company of ledger.companies) {
    const shelf = book.shelf(company, { stocked: false, product: billed(ledger) })
    const price = book.price(shelf)
    const used = book.use(shelf, { quantity: 2, daysAgo: 6 })
    book.charge(used, { quantity: 2, amount: multiply(decimal(2), price), daysAgo: 5 })
  }
}

/** Which products the chargemaster asks for by the base unit, by a larger pack, or by a unit that no item has. */
export type ChargedBy = 'base' | 'pack' | 'nothing'

/** A product that is charged so: on contract, so that no shelf without a wish holds it. */
export function billed(ledger: Ledger, chargedBy: ChargedBy = 'base'): Product {
  const pool = ledger.products.filter((one) => one.onContract && !one.billOnly)
  const mine = pool.filter((one, index) => {
    const isOdd = index % 8 === 0
    const hasPack = index % 8 < 4 && one.packs.length > 1
    return chargedBy === 'nothing' ? isOdd : chargedBy === 'pack' ? !isOdd && hasPack : !isOdd && !hasPack
  })
  return inTurn(mine, Number(ledger.number(`charged by ${chargedBy}`, -1)))
}
