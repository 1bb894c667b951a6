import { decimal, sumOf, ZERO } from '../canonical/index.js'
import { type Fault, faultsOf } from './fault.js'
import { identityOf } from './identity.js'
import { inTurn } from './in-turn.js'
import type { Vendor } from './ledger-entries.js'
import type { Planter } from './planting.js'
import { type EntryWishes, vendorBook } from './vendor-book.js'

const fault = faultsOf('vendor-master-sync')
const odd = (name: string, says: string, plant: Fault['plant']): Fault => fault(name, null, says, plant)

/** What may be wrong with vendors, with what procurement has of them, and with what must be on file. Each is about vendors of its own. */
export const vendorFaults: readonly Fault[] = [
  fault('vendor-missing', 'VENDOR-MISSING', 'procurement has a supplier that the ERP lacks', (planter) => {
    const { book, company } = opened(planter)
    const vendor = book.vendor(company)
    planter.ledger.vendors.pop()
    const entry = book.list(vendor, { number: '' })
    planter.ledger.expect({
      code: 'VENDOR-MISSING',
      keys: { identifier: entry, other: 'erp' },
      amount: ZERO,
      planted: `${vendor.name} was never set up`,
    })
  }),
  fault(
    'vendor-differs-in-erp',
    'VENDOR-DIFFERS',
    'the ERP has another name or tax id than procurement, which owns it',
    (planter, turn) => {
      const field = inTurn(['name', 'tax_id'], turn)
      differs(planter, field, field === 'name' ? { name: 'Zorinal Weft' } : { taxId: '81-7777701' })
    },
  ),
  fault(
    'vendor-differs-in-procurement',
    'VENDOR-DIFFERS',
    'procurement has other terms, remit-to or status than the ERP, which owns them',
    (planter, turn) => {
      const field = inTurn(['terms', 'remit_to', 'status'], turn)
      differs(
        planter,
        field,
        field === 'terms' ? { terms: 'N60' } : field === 'remit_to' ? { remitTo: 'RM-OLD' } : { status: 'inactive' },
      )
    },
  ),
  fault('vendors-of-one-tax-id', 'VENDOR-DUPLICATE', 'two vendors share a tax id or a remit-to', (planter, turn) => {
    const { book, company } = opened(planter)
    const first = book.vendor(company)
    const shared = turn % 2 === 0 ? { taxId: first.taxId } : { remitTo: first.remitTo }
    expectAlike(planter, first, book.vendor(company, shared), 'set up twice')
  }),
  fault('vendors-of-one-bank', 'VENDOR-DUPLICATE', 'two vendors are paid at one account', (planter) => {
    const { book, company } = opened(planter)
    const first = book.vendor(company)
    const second = book.vendor(company)
    book.bank(second, book.bank(first))
    expectAlike(planter, first, second, 'one bank account')
  }),
  fault('vendors-of-like-names', 'VENDOR-DUPLICATE', 'two vendors are nearly the same by name', (planter) => {
    const { book, company } = opened(planter)
    const first = book.vendor(company)
    expectAlike(planter, first, book.vendor(company, { name: `${first.name}e, Inc.` }), 'one letter and the legal form')
  }),
  fault('entry-of-two-vendors', 'XREF-AMBIGUOUS', 'an entry of procurement that may be two vendors', (planter) => {
    const { book, company } = opened(planter)
    const first = book.vendor(company)
    // One that is inactive is no duplicate, and may still be meant.
    book.vendor(company, { taxId: first.taxId, status: 'inactive' })
    const entry = book.list(first, { number: '' })
    const keys = { identifier: entry, other: 'procurement' }
    planter.ledger.expect({ code: 'XREF-AMBIGUOUS', keys, amount: ZERO, planted: 'two vendors bear its tax id' })
  }),
  fault(
    'evidence-missing',
    'VENDOR-EVIDENCE',
    'a vendor in use without a tax form or disclosure on file',
    (planter, turn) => {
      const missing = inTurn(['tax-form', 'disclosure'], turn)
      const { book, company } = opened(planter)
      const vendor = book.vendor(company)
      for (const kind of ['tax-form', 'disclosure']) if (kind !== missing) book.keepOnFile(vendor, kind)
      expectOnFile(planter, vendor, missing, 'never put on file')
    },
  ),
  fault(
    'evidence-expired',
    'VENDOR-EVIDENCE',
    'a document of a vendor in use that expired yesterday',
    (planter, turn) => {
      const kind = inTurn(['credential', 'disclosure'], turn)
      const { book, company } = opened(planter)
      const vendor = book.vendor(company)
      for (const other of ['tax-form', 'disclosure']) if (other !== kind) book.keepOnFile(vendor, other)
      book.keepOnFile(vendor, kind, -1)
      expectOnFile(planter, vendor, kind, 'expired yesterday')
    },
  ),
  fault(
    'vendor-field-changed',
    'OWN-VIOLATION',
    'tomorrow procurement has other terms than it had, and does not own them',
    (planter) => {
      const { book, company } = opened(planter)
      const vendor = book.vendor(company)
      const entry = book.list(vendor)
      const { ledger } = planter
      ledger.later(() => {
        ledger.books.change('procurement-suppliers', 'listed_vendor', (row) => row.entry === entry, { terms: 'N90' })
        const keys = { supplier: vendor.supplier, field: 'terms', other: 'procurement' }
        ledger.expect({ code: 'OWN-VIOLATION', keys, amount: ZERO, planted: 'changed in procurement' })
      })
    },
  ),
  fault(
    'bank-changed',
    'VENDOR-BANK',
    'tomorrow a vendor is paid at another account, and no approved change is on file',
    (planter) => {
      const { ledger } = planter
      const { book, company } = opened(planter)
      const vendor = book.vendor(company)
      book.bank(vendor)
      const amount = owe(planter, vendor, true)
      ledger.later(() => {
        const account = movedBank(planter, vendor)
        const keys = { supplier: vendor.supplier, identifier: identityOf(ledger, account).slice(0, 12) }
        ledger.expect({ code: 'VENDOR-BANK', keys, amount, planted: 'another account overnight' })
      })
    },
  ),
  odd('bank-change-approved', 'tomorrow a vendor is paid at another account, and the change is on file', (planter) => {
    const { book, company } = opened(planter)
    const vendor = book.vendor(company)
    book.bank(vendor)
    owe(planter, vendor, true)
    book.approveBank(vendor)
    planter.ledger.later(() => {
      movedBank(planter, vendor)
      planter.ledger.spare({ supplier: vendor.supplier })
    })
  }),
  odd('evidence-on-last-day', 'a document of a vendor in use that expires tonight', (planter) => {
    const { book, company } = opened(planter)
    const vendor = book.vendor(company)
    for (const kind of ['tax-form', 'disclosure', 'credential']) book.keepOnFile(vendor, kind, 0)
    owe(planter, vendor)
    planter.ledger.spare({ supplier: vendor.supplier })
  }),
  odd('evidence-renewed', 'an expired document and its renewal', (planter) => {
    const { book, company } = opened(planter)
    const vendor = book.vendor(company)
    book.keepAllOnFile(vendor)
    book.keepOnFile(vendor, 'disclosure', -30)
    owe(planter, vendor)
    planter.ledger.spare({ supplier: vendor.supplier })
  }),
  odd('vendor-not-in-use', 'nothing on file of a vendor that nobody orders from or pays', (planter) => {
    const { book, company } = opened(planter)
    planter.ledger.spare({ supplier: book.vendor(company).supplier })
  }),
  odd('vendor-written-otherwise', 'the same name and tax id in another spelling', (planter) => {
    const { book, company } = opened(planter)
    const vendor = book.vendor(company)
    const spelled = {
      name: `  ${vendor.name.toUpperCase()} `.replaceAll(' ', '  ').trim(),
      taxId: vendor.taxId.replace('-', ' '),
    }
    book.list(vendor, spelled)
    planter.ledger.spare({ supplier: vendor.supplier })
  }),
  odd('entry-by-tax-id', 'an entry of procurement without a vendor number, found by its tax id', (planter) => {
    const { book, company } = opened(planter)
    const vendor = book.vendor(company)
    planter.ledger.spare({ identifier: book.list(vendor, { number: '' }) })
  }),
  odd('entry-that-is-inactive', 'procurement gave up a supplier that the ERP never had', (planter) => {
    const { book, company } = opened(planter)
    const vendor = book.vendor(company)
    planter.ledger.vendors.pop()
    planter.ledger.spare({ identifier: book.list(vendor, { number: '', status: 'inactive' }) })
  }),
  odd(
    'successor-vendor',
    'a vendor that was set up anew under its tax id, and the old one made inactive',
    (planter) => {
      const { book, company } = opened(planter)
      const { supplier, taxId, remitTo, name } = book.vendor(company, { status: 'inactive' })
      book.vendor(company, { taxId, remitTo, name })
      planter.ledger.spare({ supplier })
    },
  ),
]

function opened(planter: Planter) {
  return { book: vendorBook(planter.ledger), company: planter.nextCompany() }
}

function movedBank({ ledger }: Planter, { supplier }: Vendor): string {
  const bank = `0310000${ledger.number('bank account', 60_000)}`
  ledger.books.change('vendor-banks', 'vendor_bank', (row) => row.supplier === supplier, { bank })
  return bank
}

/** Procurement has one field otherwise; who owns it is right. */
function differs(planter: Planter, field: string, entry: EntryWishes): void {
  const { book, company } = opened(planter)
  const vendor = book.vendor(company)
  book.list(vendor, entry)
  const keys = { supplier: vendor.supplier, field, other: 'procurement' }
  planter.ledger.expect({
    code: 'VENDOR-DIFFERS',
    keys,
    amount: ZERO,
    planted: `procurement has ${Object.values(entry)}`,
  })
}

/** At risk: what is open to be paid to the two. */
function expectAlike(planter: Planter, first: Vendor, second: Vendor, planted: string): void {
  const [one, other] = [first.supplier, second.supplier].sort()
  const open = [first, second].map((vendor) => owe(planter, vendor, true))
  const keys = { ...(one !== undefined && { supplier: one }), ...(other !== undefined && { other }) }
  planter.ledger.expect({ code: 'VENDOR-DUPLICATE', keys, amount: sumOf(open), planted })
}

/** At risk: what is open to be paid to it. */
function expectOnFile(planter: Planter, vendor: Vendor, obligation: string, planted: string): void {
  const keys = { supplier: vendor.supplier, obligation }
  planter.ledger.expect({ code: 'VENDOR-EVIDENCE', keys, amount: owe(planter, vendor), planted })
}

/** An open invoice puts the vendor in use. */
function owe(planter: Planter, vendor: Vendor, isOnFile = false) {
  const book = vendorBook(planter.ledger)
  const amount = decimal(`${planter.ledger.random.between(100, 4000)}.50`)
  book.owe(vendor, amount)
  if (isOnFile) book.keepAllOnFile(vendor)
  return amount
}
