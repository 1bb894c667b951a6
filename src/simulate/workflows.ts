import type { SimulatedJob } from './fault.js'
import type { ExtractKind } from './spoiled-record.js'
import type { SupplierSet } from './supplier-habits.js'

/** What a job reads: extracts of the ERPs by kind, all other extracts by contract, and documents of the suppliers. */
interface Reads {
  readonly erp: readonly ExtractKind[]
  readonly books: readonly string[]
  readonly sets: readonly (SupplierSet | '850')[]
}

const erpBooks = (...kinds: readonly string[]): string[] =>
  kinds.flatMap((kind) => [`lawson-${kind}`, `peoplesoft-${kind}`])

const generalLedger = ['lawson-gl-transactions', 'peoplesoft-journals']

const reads: Readonly<Record<SimulatedJob, Reads>> = {
  'charge-capture': {
    erp: ['items'],
    books: [
      ...['ehr-usage', 'ehr-charges', 'chargemaster', 'item-xref'],
      ...erpBooks('requesting-locations'),
      ...generalLedger,
    ],
    sets: [],
  },
  'contract-price-sync': {
    erp: ['contract-prices', 'po-lines', 'items'],
    books: ['price-file'],
    sets: ['810', '832', '855'],
  },
  'gl-posting': { erp: [], books: ['journals', 'gl-accounts', 'gl-periods', ...generalLedger], sets: [] },
  'item-master-sync': {
    erp: ['items', 'po-lines'],
    books: [...erpBooks('vendor-items'), 'supplier-catalog', 'ehr-items'],
    sets: ['832'],
  },
  'labor-to-ledger': {
    erp: [],
    books: ['payroll-time', 'payroll-register', 'labor-accounts', ...generalLedger],
    sets: [],
  },
  'po-acknowledgment': {
    erp: ['po-lines', 'receipts', 'vendors', 'items'],
    books: [],
    sets: ['855', '856', '850'],
  },
  'receipt-to-invoice': {
    erp: ['po-lines', 'receipts', 'vouchers', 'vendors', 'items', 'contract-prices'],
    books: [],
    sets: ['810', '855'],
  },
  'requisition-to-pay': {
    erp: ['po-lines', 'receipts', 'vouchers'],
    books: erpBooks('requisitions', 'payments'),
    sets: [],
  },
  'usage-to-replenishment': {
    erp: ['items', 'contract-prices', 'po-lines', 'receipts'],
    books: [
      ...['ehr-usage', 'item-xref', 'gl-periods'],
      ...erpBooks('requesting-locations', 'item-locations', 'inventory-transactions'),
    ],
    sets: [],
  },
  'vendor-master-sync': {
    erp: ['vendors', 'vouchers'],
    books: ['procurement-suppliers', 'vendor-banks', 'vendor-evidence', 'credentialing'],
    sets: [],
  },
}

/** All that these jobs read. */
export function readBy(jobs: readonly SimulatedJob[]) {
  const all = jobs.map((job) => reads[job])
  return {
    erp: new Set(all.flatMap(({ erp }) => erp)),
    books: new Set(all.flatMap(({ books }) => books)),
    sets: new Set(all.flatMap(({ sets }) => sets)),
  }
}

/** The job that takes files of a set, and tells what is wrong with them: a run of all jobs comes to it first, and the others share them. */
export const takerOf = (set: SupplierSet, jobs: readonly SimulatedJob[]): SimulatedJob | undefined =>
  [...jobs].sort().find((job) => reads[job].sets.includes(set))

/** The jobs that read an extract of the ERP; each tells by itself what is wrong with it. */
export const readersOf = (kind: ExtractKind, jobs: readonly SimulatedJob[]): readonly SimulatedJob[] =>
  jobs.filter((job) => reads[job].erp.includes(kind))
