import { decimal, type ExceptionCode } from '../canonical/index.js'
import { poLineRecord, receiptRecord, voucherRecord } from './extract-records.js'
import type { ExtractRecord } from './extract-writer.js'
import { type Fault, faultsOf } from './fault.js'
import type { Mishap, PoLine } from './ledger-entries.js'
import { type Company, companies, type PartnerName, supplierOf } from './parties.js'
import type { Planter } from './planting.js'
import type { Breakage, ExtractKind, SpoiledRecord } from './spoiled-record.js'

const fault = faultsOf('receipt-to-invoice')

/** An invoice in a transmission that fails. The goods are ordered and received, so that only the transmission is wrong. */
const lost = (name: string, code: ExceptionCode, says: string, partner: PartnerName, mishap: Mishap): Fault =>
  fault(name, code, says, (planter, turn) => {
    // A second file without a byte is the first one again.
    if (mishap === 'empty' && turn > 0) return
    const found = planter.open({ partner, company: planter.companyOf(0) })
    // What comes under a control number of another is taken all the same: it has numbers of its own.
    const fate = mishap === 'control-again' ? 'clean' : 'refused'
    planter.bill(found, {}, { fate, mishap, daysAgo: 2 })
  })

export const mishaps: readonly Fault[] = [
  lost('segment-count', 'X12-ENVELOPE', 'SE01 counts one segment too many', 'medsupply', 'wrong-segment-count'),
  lost('transmission-cut-off', 'FILE-TRUNCATED', 'the transmission breaks off', 'orthotech', 'cut-off'),
  lost('unknown-sender', 'X12-PARTNER', 'from an ISA id that nobody knows', 'carefirst', 'unknown-sender'),
  lost('test-in-production', 'X12-PARTNER', 'marked T in a production workspace', 'medsupply', 'test-usage'),
  lost('element-unreadable', 'X12-SYNTAX', 'a quantity that is no number', 'medsupply', 'no-number'),
  lost('set-nobody-reads', 'X12-UNSUPPORTED', 'a transaction set that no job reads', 'orthotech', 'other-set'),
  lost('control-number-again', 'X12-CONTROL-DUPLICATE', 'a control number used before', 'carefirst', 'control-again'),
  lost('no-x12', 'FILE-UNREADABLE', 'a file that is no X12 at all', 'medsupply', 'no-x12'),
  lost('file-empty', 'FILE-EMPTY', 'a file without a byte', 'orthotech', 'empty'),
  fault('file-sent-again', 'FILE-DUPLICATE', 'the bytes of a file under a second name', ({ ledger }) => {
    ledger.sentAgain = true
  }),
  fault('column-unannounced', 'DATA-COLUMN-NEW', 'a column that the contract does not know (Lawson)', ({ ledger }) => {
    ledger.newColumn = true
  }),
]

/** A newer copy of an extract that is broken; the good one before it serves. */
const broken = (name: string, code: ExceptionCode, says: string, breakage: Breakage): Fault =>
  fault(name, code, says, (planter) => {
    // PeopleSoft's extracts have no header in which a column could be missing.
    const erp = breakage === 'column' ? 'lawson' : planter.nextCompany().erp
    const { brokenCopies } = planter.ledger
    if (!brokenCopies.some((one) => one.erp === erp && one.breakage === breakage))
      brokenCopies.push({ erp, breakage, fault: name })
  })

export const brokenExtracts: readonly Fault[] = [
  broken('extract-count', 'FILE-TOTALS', 'the trailer counts one record more than there are', 'count'),
  broken('extract-cut-off', 'FILE-TRUNCATED', 'an extract without its trailer', 'cut-off'),
  broken('extract-without-column', 'DATA-COLUMN-MISSING', 'an extract lacks a column (Lawson)', 'column'),
]

/** Records that the contract of an extract does not let through; each job that reads the extract tells of them. */
export const recordFaults: readonly Fault[] = [
  fault(
    'value-of-wrong-type',
    'DATA-TYPE',
    'a value in an extract that is none: letters in a price, a day that is no day',
    (planter) => {
      const { ledger } = planter
      const company = planter.nextCompany()
      const order = draftOf(planter, company)
      if (company.erp === 'lawson')
        spoil(
          planter,
          company,
          'po-lines',
          { ...poLineRecord(order, ledger), raw: { ENT_UNIT_CST: '1O.50' } },
          'DATA-TYPE',
          'ENT_UNIT_CST',
        )
      else {
        const number = ledger.number('spoiled receipt', 990_000)
        const receipt = receiptRecord({ order, number, line: '1', quantity: 4, uom: 'EA', date: ledger.daysAgo(3) })
        spoil(
          planter,
          company,
          'receipts',
          { ...receipt, raw: { RECEIPT_DTTM: '11-18-26' } },
          'DATA-TYPE',
          'RECEIPT_DTTM',
        )
      }
    },
  ),
  fault('value-missing', 'DATA-REQUIRED', 'a record of an extract without a value that it must have', (planter) => {
    const company = planter.nextCompany()
    const column = company.erp === 'lawson' ? 'VENDOR' : 'VENDOR_ID'
    const record = poLineRecord(draftOf(planter, company), planter.ledger)
    spoil(planter, company, 'po-lines', { ...record, raw: { [column]: '' } }, 'DATA-REQUIRED', column)
  }),
  fault('record-doubled', 'DATA-KEY-DUPLICATE', 'an order line stands in an extract twice, alike in all', (planter) => {
    const { spoiled, company } = planter.open({ others: 0 })
    const record = poLineRecord(spoiled, planter.ledger)
    const knownBy = `po_line ${company.company}/${spoiled.po}/${spoiled.release}/${spoiled.line}`
    spoil(planter, company, 'po-lines', record, 'DATA-KEY-DUPLICATE', undefined, knownBy)
  }),
]

/** An order line that stands in no books. */
function draftOf({ ledger }: Planter, company: Company): PoLine {
  const product = ledger.random.pick(ledger.products)
  const supplier = supplierOf(product.partner)
  const [order] = ledger.draft({ company, supplier, daysAgo: 6, lines: [{ product, quantity: 4 }] })
  return order ?? raise()
}

function spoil(
  { ledger }: Planter,
  { erp }: Company,
  kind: ExtractKind,
  record: ExtractRecord,
  code: SpoiledRecord['code'],
  field?: string,
  knownBy?: string,
): void {
  const fault = ledger.planting?.fault
  ledger.spoiled.push({
    erp,
    kind,
    record,
    code,
    ...(field !== undefined && { field }),
    ...(knownBy !== undefined && { knownBy }),
    ...(fault !== undefined && { fault }),
  })
}

/** Values no contract accepts. Nothing else in the night leans on the records they stand in. */
export function spoiledRecords(planter: Planter): SpoiledRecord[] {
  const { ledger } = planter
  const draft = (company: '10' | '20') => {
    const { spoiled } = planter.open({ company, received: 0, others: 0, ordered: 6 })
    const [order] = ledger.draft({ company: spoiled.company, supplier: spoiled.supplier, daysAgo: 6, lines: [spoiled] })
    if (order === undefined) throw new RangeError('no line')
    return order
  }
  const poLine = (company: '10' | '20', raw: Record<string, string>): ExtractRecord => ({
    ...poLineRecord(draft(company), ledger),
    raw,
  })
  const date = ledger.daysAgo(3)
  const receipt = receiptRecord({ order: draft('20'), number: '990001', line: '1', quantity: 4, uom: 'EA', date })
  const voucher = voucherRecord({
    order: draft('20'),
    number: '590001',
    line: '1',
    invoice: 'HAND-KEYED',
    invoiceDate: date,
    quantity: 4,
    uom: 'EA',
    unitPrice: decimal(10),
    amount: decimal(40),
    status: 'open',
  })
  const [twin] = ledger.order({
    company: companies[1],
    supplier: planter.open({ company: '20', received: 0 }).supplier,
    daysAgo: 5,
    lines: [{ product: ledger.products[0] ?? raise(), quantity: 4 }],
  })
  const doubled = poLineRecord({ ...(twin ?? raise()), quantity: 9 }, ledger)
  const lawson = { erp: 'lawson', kind: 'po-lines' } as const
  return [
    { ...lawson, record: poLine('10', { PO_DATE: '02/31/2026' }), code: 'DATA-TYPE', field: 'PO_DATE' },
    { ...lawson, record: poLine('10', { ENT_UNIT_CST: '1O.50' }), code: 'DATA-TYPE', field: 'ENT_UNIT_CST' },
    { ...lawson, record: poLine('10', { VENDOR: '' }), code: 'DATA-REQUIRED', field: 'VENDOR' },
    {
      erp: 'peoplesoft',
      kind: 'receipts',
      record: { ...receipt, raw: { RECEIPT_DTTM: '11-18-26' } },
      code: 'DATA-TYPE',
      field: 'RECEIPT_DTTM',
    },
    {
      erp: 'peoplesoft',
      kind: 'vouchers',
      record: { ...voucher, raw: { INVOICE_ID: '' } },
      code: 'DATA-REQUIRED',
      field: 'INVOICE_ID',
    },
    { erp: 'peoplesoft', kind: 'po-lines', record: doubled, code: 'DATA-KEY-DUPLICATE' },
  ]
}

function raise(): never {
  throw new RangeError('the catalogue is empty')
}
