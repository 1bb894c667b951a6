import type { DecimalText, ExceptionCode, FindingKeys } from '../canonical/index.js'
import type { PartnerName } from './parties.js'

/** One exception the night must raise. `keys` names the keys it is known by; a finding may carry more. */
export interface ExpectedException {
  readonly code: ExceptionCode
  readonly keys: FindingKeys
  /** Money at risk, where the fault says how much. */
  readonly amount?: DecimalText
  /** What was planted, for people who read a failing test. */
  readonly planted: string
  /** The fault it came of; none for what files and extracts bring by themselves. */
  readonly fault?: string
  /** The job that raises it. */
  readonly job?: string
}

/** Something in order that looks as if it were not: nothing that bears all of these keys may be raised. */
export interface SparedCase {
  readonly fault: string
  readonly job: string
  readonly keys: FindingKeys
}

/**
 * What should become of an invoice. clean: every line may be paid; held: something about it needs a person; waiting: its receipt
 * is still within grace; duplicate: held because it came or was paid before; refused: never became a document.
 */
export type InvoiceFate = 'clean' | 'held' | 'waiting' | 'duplicate' | 'refused'

export interface InvoiceTruth {
  readonly partner: PartnerName
  readonly company: string
  /** ERP vendor number. */
  readonly supplier: string
  readonly invoice: string
  readonly credit: boolean
  readonly fate: InvoiceFate
  /** TDS01 in dollars, positive for a credit too. */
  readonly total: DecimalText
  readonly lines: number
  /** Relative to the folder. */
  readonly file: string
}

export interface FileTruth {
  /** Relative to the folder, with forward slashes. */
  readonly path: string
  readonly sha256: string
  readonly bytes: number
  /** Data records of an extract; invoices or acknowledgments of an X12 file, those in refused transactions not counted. */
  readonly records: number
}

/** Everything a run over the folder must find, and nothing else. */
export interface NightTruth {
  readonly asOf: string
  readonly seed: number
  readonly expected: readonly ExpectedException[]
  /** Expected the night before and gone by themselves; empty on a first night. */
  readonly healed: readonly ExpectedException[]
  readonly invoices: readonly InvoiceTruth[]
  readonly files: readonly FileTruth[]
  /** Rows that pass their contracts, by canonical relation. */
  readonly rows: Readonly<Record<string, number>>
  readonly counts: Readonly<Record<InvoiceFate, number>>
  /** Sum of TDS01 by fate, credits subtracted. */
  readonly amounts: Readonly<Record<InvoiceFate, DecimalText>>
}
