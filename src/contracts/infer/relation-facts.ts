import type { RelationName } from '../../canonical/index.js'

/** What identifies a record of a relation, as far as its file has the columns. */
export const naturalKeys: Readonly<Partial<Record<RelationName, readonly string[]>>> = {
  catalog_item: ['supplier', 'vendor_item', 'uom', 'effective_from'],
  charge_line: ['charge'],
  chargemaster: ['charge_code', 'item', 'facility', 'effective_from'],
  contract_price: ['contract', 'supplier', 'item', 'uom', 'effective_from'],
  gl_account: ['company', 'cost_center', 'account'],
  gl_period: ['company', 'period'],
  inventory_transaction: ['company', 'location', 'kind', 'document', 'line'],
  item: ['item'],
  item_uom: ['item', 'uom'],
  item_vendor: ['item', 'supplier', 'vendor_item'],
  item_xref: ['identifier', 'item', 'effective_from'],
  journal_line: ['company', 'source', 'sequence', 'journal', 'line'],
  labor_account: ['company', 'department', 'pay_code'],
  ledger_line: ['company', 'source', 'journal', 'line', 'posting'],
  listed_item: ['system', 'entry'],
  listed_vendor: ['system', 'entry'],
  location: ['company', 'location'],
  payment: ['company', 'supplier', 'invoice_number', 'payment', 'paid_on'],
  payroll_line: ['company', 'employee', 'department', 'pay_code', 'period', 'pay_run'],
  po_line: ['company', 'po_number', 'release', 'line_number'],
  price_file_line: ['contract', 'supplier', 'item', 'vendor_item', 'uom', 'effective_from'],
  receipt_line: ['company', 'po_number', 'release', 'line_number', 'receipt_number', 'receipt_line'],
  requisition_line: ['company', 'requisition', 'line_number'],
  stock_item: ['company', 'location', 'item'],
  usage_line: ['usage', 'case_hash', 'line'],
  vendor: ['company', 'supplier'],
  vendor_bank: ['supplier', 'bank'],
  vendor_evidence: ['supplier', 'kind', 'received_on', 'reference'],
  voucher_line: ['company', 'voucher_number', 'voucher_line'],
  worked_time: ['company', 'employee', 'department', 'pay_code', 'worked_on', 'entry'],
}

/** Words that a canonical field may hold, and no others. A name before a point goes for one relation only. */
export const fieldWords: Readonly<Record<string, readonly string[]>> = {
  'po_line.status': ['open', 'closed', 'cancelled'],
  'requisition_line.status': ['open', 'closed', 'cancelled'],
  'voucher_line.status': ['open', 'paid', 'cancelled'],
  'ledger_line.status': ['posted', 'unposted', 'error'],
  'gl_account.status': ['open', 'closed'],
  'gl_period.status': ['open', 'closed'],
  status: ['active', 'inactive'],
  matching: ['three-way', 'two-way'],
  price_basis: ['PE', 'HP', 'TP'],
  'inventory_transaction.kind': ['issue', 'pick'],
}

/** Fields that hold an identity and are only ever projected as its keyed hash. */
export const hashedFields: ReadonlySet<string> = new Set(['case_hash', 'employee', 'bank'])

/** Numbers of lines: 001 and 1 are the same. */
export const countedFields: ReadonlySet<string> = new Set([
  'release',
  'line_number',
  'receipt_line',
  'voucher_line',
  'po_line',
  'line',
])
