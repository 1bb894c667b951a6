import { add, type DecimalText, decimal, ZERO } from '../../../src/canonical/index.js'
import { catalogue } from '../../../src/exceptions/index.js'
import type { HeldInvoice } from '../../../src/outputs/load/index.js'
import type { ExceptionRow, MatchedRow, ReportContent } from '../../../src/outputs/report/index.js'

const suppliers = [
  ['000123', 'Cardinal Ridge Medical'],
  ['123', 'Harbor Surgical Supply'],
  ['004410', 'Orthopaedic & Spine * Partners'],
  ['V-7781', 'Bright <Labs> "Diagnostics"'],
] as const
const facilities = ['MAIN', 'NORTH', 'AMB-2', null] as const
const codes = [
  ['INV-PRICE', 'Unit price 14.20 per BX is 1.70 (13.6%) over the PO price 12.50; tolerance 2% or 0.25, the stricter'],
  ['INV-QTY-RECEIVED', 'Billed 40 BX in all, 30 BX received: 10 BX more than received; no tolerance'],
  ['INV-DUPLICATE', 'Invoice already vouchered on 2026-05-11 as voucher 881204'],
  ['INV-NO-RECEIPT', 'No receipt for the line 9 days after the invoice; grace is 3 days'],
  ['INV-UOM', 'Billed in CS, ordered in BX: no conversion for the item'],
  ['PRICE-CONTRACT', 'PO price 12.50 differs from contract C-2024-11 (11.90) on the PO date'],
  ['INV-FREIGHT', 'Freight 85.00 billed, 25.00 allowed'],
  ['GRNI-AGED', 'Received 2026-03-02, not invoiced for 94 days'],
  ['FILE-DUPLICATE', 'The same bytes came on 2026-06-02 as invoices_0602.edi'],
] as const
const statuses = ['new', 'open', 'open', 'reopened', 'new', 'decided', 'healed'] as const
const pick = <T>(from: readonly T[], n: number): T => from[n % from.length] as T

export function exceptionRow(n: number, more: Partial<ExceptionRow> = {}): ExceptionRow {
  const [code, message] = pick(codes, n)
  const [supplier, supplierName] = pick(suppliers, n * 7)
  const status = pick(statuses, n * 3)
  return {
    id: `EX-${String(n).padStart(5, '0')}`,
    token: `t${n}.1.${(n * 2654435761).toString(16).padStart(12, '0').slice(-12)}`,
    code,
    queue: catalogue[code].queue,
    severity: catalogue[code].severity,
    status,
    supplier: code === 'FILE-DUPLICATE' ? null : supplier,
    supplierName: code === 'FILE-DUPLICATE' ? null : supplierName,
    facility: pick(facilities, n * 5),
    company: '100',
    po: `PO${String(440000 + n * 13)}`,
    line: String(1 + (n % 9)),
    invoice: `INV-${90000 + n * 3}`,
    invoiceLine: String(1 + (n % 4)),
    item: String(1000 + n).padStart(8, '0'),
    description: 'Glove, exam, nitrile, powder free, medium',
    message,
    amountAtRisk: decimal(`${(n * 7919) % 4211}.${String((n * 37) % 100).padStart(2, '0')}`),
    currency: 'USD',
    firstSeen: `2026-06-0${1 + (n % 3)}T07:10:00Z`,
    dueAt: code === 'FILE-DUPLICATE' ? null : `2026-06-0${3 + (n % 4)}T${String(10 + (n % 12))}:30:00Z`,
    ageDays: n % 4,
    evidence: [
      {
        file: 'invoices_0603.edi',
        byteOffset: 1200 + n * 431,
        byteLength: 44,
        field: 'IT104',
        value: '14.20',
        sha256: 'a'.repeat(64),
      },
      { file: 'po_lines.csv', line: n + 2, field: 'unit_price', value: '12.50', sha256: 'b'.repeat(64) },
    ],
    ...(status === 'decided' ? { decision: 'accept', assignee: 'dana', note: 'agreed by phone' } : {}),
    ...more,
  }
}

export function matchedRow(n: number): MatchedRow {
  const [supplier, supplierName] = pick(suppliers, n)
  return {
    invoice: `INV-${70000 + Math.floor(n / 3)}`,
    supplier,
    supplierName,
    facility: pick(facilities, n),
    po: `PO${430000 + n}`,
    line: String(1 + (n % 9)),
    item: String(2000 + n).padStart(8, '0'),
    description: 'Suture, absorbable, 3-0, 27 in',
    quantity: decimal(1 + (n % 20)),
    uom: 'BX',
    unitPrice: decimal('12.3475'),
    amount: decimal(`${(n * 271) % 900}.${String((n * 13) % 100).padStart(2, '0')}`),
    currency: 'USD',
    rung: 1 + (n % 5),
    how: 'PO and line number',
    unitPath: n % 4 === 0 ? '1 CS = 10 BX' : null,
    received: decimal(20),
    ordered: decimal(20),
    billed: decimal(1 + (n % 20)),
  }
}

export const heldRow = (n: number): HeldInvoice => {
  const [supplier, supplierName] = pick(suppliers, n)
  return {
    outcome: n % 3 === 0 ? 'waiting' : 'held',
    invoice: `INV-${90000 + n * 3}`,
    invoiceDate: `2026-05-${String(10 + (n % 20))}`,
    supplier,
    supplierName,
    po: n % 5 === 0 ? null : `PO${440000 + n * 13}`,
    amount: decimal(`${(n * 997) % 8000}.50`),
    currency: 'USD',
    reasons: n % 3 === 0 ? ['receipt within grace'] : ['INV-PRICE', 'INV-QTY-RECEIVED'].slice(0, 1 + (n % 2)),
    queues: n % 3 === 0 ? [] : ['contracts', 'receiving'].slice(0, 1 + (n % 2)),
  }
}

const many = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n))
const sum = (rows: readonly { readonly amount: DecimalText }[]): DecimalText =>
  rows.reduce((total, { amount }) => add(total, amount), ZERO)

/** A night of a made-up health system. */
export function sampleContent(more: Partial<ReportContent> = {}): ReportContent {
  const matched = many(240, matchedRow)
  const held = many(46, heldRow)
  const total = {
    matched: ZERO,
    exception: ZERO,
    waiting: ZERO,
    duplicate: ZERO,
    quarantined: ZERO,
  }
  const count = { section: 'Invoices', measure: 'count' } as const
  return {
    organisation: 'Lakeview Health System',
    jobTitle: 'Receipt to invoice',
    runId: 'R-20260604-0210',
    asOf: '2026-06-03',
    generatedAt: '2026-06-04T12:10:33.120Z',
    timezone: 'America/Chicago',
    currency: 'USD',
    queues: [
      { name: 'contracts', owner: 'Priya Natarajan, contracts' },
      { name: 'receiving', owner: 'Receiving dock leads' },
      { name: 'finance', owner: 'Accounts payable' },
      { name: 'item-master', owner: 'Item master team' },
      { name: 'supply-chain', owner: 'Buyers' },
      { name: 'integration', owner: 'Interface on-call' },
    ],
    exceptions: many(96, exceptionRow),
    clusters: [],
    outcomes: [
      {
        label: 'Judged tonight',
        explanation: 'every invoice not yet settled',
        count: 126,
        amount: decimal('311250.75'),
      },
      {
        label: 'Clean',
        explanation: 'fits its orders, receipts, prices and contracts; goes to the ERP',
        count: 80,
        amount: sum(matched),
      },
      { label: 'Held', explanation: 'at least one line needs a decision', count: 30, amount: decimal('120456.50') },
      {
        label: 'Waiting for a receipt',
        explanation: 'still within grace; nobody need act',
        count: 16,
        amount: decimal('61102.00'),
      },
    ],
    nights: many(6, (n) => ({
      day: n < 4 ? `2026-05-${28 + n}` : `2026-06-0${n - 3}`,
      open: 1260 + ((n * 31) % 40),
      fresh: 5 + n,
      healed: 3 + ((n * 7) % 9),
      atRisk: decimal(`${120000 + ((n * 41117) % 60000)}.25`),
    })),
    healed: 4,
    invoices: { matched, held },
    tables: [],
    controlTotals: [
      {
        ...total,
        ...count,
        name: 'number',
        in: decimal(126),
        matched: decimal(80),
        exception: decimal(30),
        waiting: decimal(16),
      },
      {
        ...total,
        section: 'Invoices',
        measure: 'amount',
        name: 'money',
        in: decimal('311250.75'),
        matched: decimal('129692.25'),
        exception: decimal('120456.50'),
        waiting: decimal('61102.00'),
      },
      {
        ...total,
        section: 'Extract records',
        measure: 'count',
        name: 'po-lines',
        in: decimal(2140),
        matched: decimal(2137),
        quarantined: decimal(3),
      },
    ],
    inputs: [
      {
        name: 'invoices_0603.edi',
        partner: 'cardinal-ridge',
        kind: 'x12',
        records: 84,
        accepted: 84,
        rejected: 0,
        sha256: 'a'.repeat(64),
        status: 'taken',
        reason: null,
      },
      {
        name: 'PO_LINES_20260603.csv',
        partner: 'erp',
        kind: 'po-lines',
        records: 2140,
        accepted: 2137,
        rejected: 3,
        sha256: 'b'.repeat(64),
        status: 'taken',
        reason: null,
      },
    ],
    loads: [
      {
        name: 'ApInvoices-20260604-5c1e22ab.zip',
        invoices: 80,
        lines: 240,
        amount: sum(matched),
        status: 'sent to erp',
      },
    ],
    unconfirmed: [
      {
        load: '20260602-9f3c11aa',
        file: 'ApInvoices-20260602-9f3c11aa.zip',
        standing: 'sent; the ERP may still show it',
        rows: 71,
        loaded: 64,
        rejected: 2,
        notSeen: 5,
        amount: decimal('88412.10'),
        currency: 'USD',
        preparedAt: '2026-06-03T07:12:00Z',
        sentAt: '2026-06-03T07:14:00Z',
        approvedBy: null,
      },
    ],
    ...more,
  }
}
