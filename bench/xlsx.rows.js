/** The same exceptions for every writer; xlsx.xlsxwriter.py makes the same cells. */
const codes = ['INV-PRICE', 'INV-QTY-RECEIVED', 'INV-DUPLICATE', 'INV-NO-RECEIPT', 'INV-UOM', 'GRNI-AGED']
const queues = ['contracts', 'receiving', 'finance', 'receiving', 'item-master', 'finance']
const statuses = ['new', 'open', 'open', 'reopened']
const facilities = ['LKCH', 'LKHB', 'LKSM', 'LKNM', 'LKRV']
const DAY = 86_400_000
const pad = (number, digits) => String(number).padStart(digits, '0')

export const headers = [
  'Status At_risk Due Code Supplier Supplier_name Invoice PO PO_line Item What_is_wrong Decision Assignee Note',
  'Decided_by Rule_until Proposed Facility Company Invoice_line Description Where_it_stands Severity First_seen',
  'Age Currency Exception Row_token',
]
  .join(' ')
  .split(' ')

export const rowOf = (n) => ({
  id: `EX-${pad(n, 6)}`,
  token: `${n}.1.${pad((n * 2654435761) % 0xffffffff, 12)}`,
  code: codes[n % codes.length],
  queue: queues[n % queues.length],
  severity: 'error',
  status: statuses[n % statuses.length],
  supplier: pad(10_000 + (n % 300), 10),
  supplierName: `Supplier ${n % 300} of Medical Goods`,
  facility: facilities[n % facilities.length],
  company: '10',
  po: `45${pad(n, 8)}`,
  line: String(1 + (n % 9)),
  invoice: `70${pad(n, 6)}`,
  invoiceLine: String(1 + (n % 4)),
  item: pad(600_000 + n, 8),
  description: 'Glove, exam, nitrile, powder free, medium',
  message: `Unit price 14.${pad(n % 100, 2)} per BX is over the PO price 12.50; tolerance 2% or 0.25, the stricter`,
  amountAtRisk: `${(n * 7919) % 4211}.${pad((n * 37) % 100, 2)}`,
  currency: 'USD',
  firstSeen: new Date(Date.UTC(2026, 10, 1) + (n % 20) * DAY).toISOString(),
  dueAt: new Date(Date.UTC(2026, 10, 18, 9) + (n % 6) * DAY).toISOString(),
  ageDays: n % 20,
  evidence: [
    { file: 'invoices_1120.edi', byteOffset: 1200 + n * 431, byteLength: 44, field: 'IT104', value: '14.20' },
    { file: 'po_lines.csv', line: n + 2, field: 'unit_price', value: '12.50' },
  ],
})

/** The cells of one row as a plain script writes them. */
export function cellsOf(n) {
  const row = rowOf(n)
  const where = `invoices_1120.edi, byte ${1200 + n * 431}, 44 long: IT104 = 14.20; po_lines.csv, line ${n + 2}: unit_price = 12.50`
  return [
    row.status,
    Number(row.amountAtRisk),
    new Date(row.dueAt),
    row.code,
    row.supplier,
    row.supplierName,
    row.invoice,
    row.po,
    row.line,
    row.item,
    row.message,
    ...Array(6).fill(null),
    row.facility,
    row.company,
    row.invoiceLine,
    row.description,
    where,
    row.severity,
    new Date(row.firstSeen),
    row.ageDays,
    row.currency,
    row.id,
    row.token,
  ]
}
