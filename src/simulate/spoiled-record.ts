import type { ExtractRecord } from './extract-writer.js'
import type { Company } from './parties.js'

/** Which of an ERP's extracts. */
export type ExtractKind = 'po-lines' | 'receipts' | 'vouchers' | 'vendors' | 'items' | 'contract-prices'

/** A record of an extract that its contract must not let through, or lets through once only. */
export interface SpoiledRecord {
  readonly erp: 'lawson' | 'peoplesoft'
  readonly kind: ExtractKind
  readonly record: ExtractRecord
  readonly code: 'DATA-TYPE' | 'DATA-REQUIRED' | 'DATA-KEY-DUPLICATE'
  /** Column of the file; none for a doubled key. */
  readonly field?: string
  /** What the exception knows it by, where that is not the number of the record. */
  readonly knownBy?: string
  /** What it was planted as. */
  readonly fault?: string
}

/** What is wrong with a newer copy of an extract; the older one is good, and serves. */
export type Breakage = 'count' | 'cut-off' | 'column'

export interface BrokenCopy {
  readonly erp: Company['erp']
  readonly breakage: Breakage
  readonly fault: string
}
