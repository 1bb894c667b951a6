import type { DecimalText } from '../canonical/index.js'
import type { Ledger } from './ledger.js'
import type { Vendor } from './ledger-entries.js'
import { type Company, suppliers } from './parties.js'
import type { Random } from './prng.js'

/** An entry of procurement's list; by default that of the vendor, and as the vendor is. */
export interface EntryWishes {
  readonly number?: string
  readonly name?: string
  readonly taxId?: string
  readonly remitTo?: string
  readonly terms?: string
  readonly status?: 'active' | 'inactive'
}

const booksOf = new WeakMap<Ledger, VendorBook>()

/** The one book of vendors of a health system. */
export function vendorBook(ledger: Ledger): VendorBook {
  const book = booksOf.get(ledger) ?? new VendorBook(ledger)
  booksOf.set(ledger, book)
  return book
}

export class VendorBook {
  readonly #ledger: Ledger

  constructor(ledger: Ledger) {
    this.#ledger = ledger
    for (const company of ledger.companies)
      for (const supplier of suppliers) {
        const { name, remitTo, taxId, termsCode: terms, vendor } = supplier
        const known: Vendor = {
          company,
          supplier: vendor[company.company],
          name,
          remitTo,
          taxId,
          terms,
          status: 'active',
        }
        this.list(known)
        this.bank(known)
        this.keepAllOnFile(known)
      }
  }

  /** A new vendor; nobody but the ERP knows it yet. */
  vendor(company: Company, wishes: Partial<Vendor> = {}): Vendor {
    const number = this.#ledger.number('vendor', 50_000)
    const vendor: Vendor = {
      company,
      supplier: company.erp === 'lawson' ? number : number.padStart(10, '0'),
      name: inventedName(this.#ledger.random),
      remitTo: `RM-${number}`,
      taxId: `47-${number}${this.#ledger.random.between(10, 99)}`,
      terms: 'N30',
      status: 'active',
      ...wishes,
    }
    this.#ledger.vendors.push(vendor)
    return vendor
  }

  /** An entry of procurement for a vendor; gives back what it is known by there. */
  list(vendor: Vendor, wishes: EntryWishes = {}): string {
    const entry = `P${this.#ledger.number('procurement entry', 8000)}`
    this.#ledger.books.add('procurement-suppliers', 'listed_vendor', {
      system: 'procurement',
      entry,
      supplier: wishes.number ?? vendor.supplier,
      name: wishes.name ?? vendor.name,
      tax_id: wishes.taxId ?? vendor.taxId,
      remit_to: wishes.remitTo ?? vendor.remitTo,
      terms: wishes.terms ?? vendor.terms,
      status: wishes.status ?? vendor.status,
      requested_on: this.#ledger.daysAgo(60),
      activated_on: this.#ledger.daysAgo(48),
    })
    return entry
  }

  bank(
    { supplier }: Pick<Vendor, 'supplier'>,
    account = `0210000${this.#ledger.number('bank account', 60_000)}`,
  ): string {
    this.#ledger.books.add('vendor-banks', 'vendor_bank', { supplier, bank: account })
    return account
  }

  /** The ERP has an invoice of the vendor, so that it is in use. */
  owe({ company, supplier }: Vendor, amount: DecimalText): void {
    const number = this.#ledger.voucherNumber()
    const date = this.#ledger.daysAgo(8)
    this.#ledger.plainVouchers.push({
      company,
      supplier,
      invoice: `DIR-${number}`,
      number,
      date,
      amount,
      status: 'open',
    })
  }

  /** `expiresIn` days from tonight; null: never. */
  keepOnFile({ supplier }: Vendor, kind: string, expiresIn: number | null = null): void {
    const expires = expiresIn === null ? '' : this.#ledger.daysAgo(-expiresIn)
    const reference = `EV${this.#ledger.number('evidence', 100)}`
    const row = { supplier, received_on: this.#ledger.daysAgo(400), expires_on: expires, reference }
    if (kind === 'credential')
      this.#ledger.books.add(
        'credentialing',
        'vendor_evidence',
        { ...row, kind },
        { REPRESENTATIVE: 'SPECIMEN, PERSON' },
      )
    else this.#ledger.books.add('vendor-evidence', 'vendor_evidence', { ...row, kind })
  }

  /** A change of its bank account was approved some days ago. */
  approveBank({ supplier }: Vendor): void {
    this.#ledger.books.add('vendor-evidence', 'vendor_evidence', {
      supplier,
      kind: 'bank-change',
      received_on: this.#ledger.daysAgo(30),
      expires_on: '',
      reference: `EV${this.#ledger.number('evidence', 100)}`,
    })
  }

  keepAllOnFile(vendor: Vendor): void {
    this.keepOnFile(vendor, 'tax-form')
    this.keepOnFile(vendor, 'disclosure', 200)
    this.keepOnFile(vendor, 'credential', 90)
  }
}

/** Names in which no two are much alike: what tells vendors apart stands in every letter. */
function inventedName(random: Random): string {
  const word = (): string => {
    const letters = Array.from({ length: 3 }, () => random.pick([...'bdfgklmnprstvz']) + random.pick([...'aeiou']))
    return letters.join('').replace(/^./, (first) => first.toUpperCase()) + random.pick([...'lnrsx'])
  }
  return `${word()} ${word()} ${word()}`
}

/** Vendors in order, known to everybody alike. */
export function fillWithVendors(ledger: Ledger, vendors: number): void {
  const book = vendorBook(ledger)
  for (const company of ledger.companies)
    for (let count = 0; count < Math.max(2, Math.ceil(vendors / ledger.companies.length)); count++) {
      const vendor = book.vendor(company)
      book.list(vendor)
      book.bank(vendor)
      book.keepAllOnFile(vendor)
    }
}
