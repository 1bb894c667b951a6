import type { Finding, Source } from '../../canonical/index.js'
import type { Evidence, RuleOutcome, RuleTotal } from '../../match/index.js'
import type { InvoiceResult, StoredResult, StoredRow } from '../../state/index.js'
import type { SourceFile } from '../check/source-file.js'

/** What the three-way match says of the night. */
export interface InvoicesMatched {
  readonly kind: 'invoices'
  readonly findings: readonly Finding[]
  readonly results: readonly StoredResult[]
  /** Numbers of the invoices judged tonight; one loaded before is not judged again. */
  readonly judged: ReadonlySet<string>
  /** Amounts signed: a credit reduces. */
  readonly outcomes: readonly (InvoiceResult & { readonly amount: Finding['amountAtRisk'] })[]
}

/** What a matcher of rules and a declaration says of the night. */
export interface TablesMatched {
  readonly kind: 'tables'
  readonly findings: readonly Finding[]
  /** Result tables by name, rows in order. */
  readonly tables: Readonly<Record<string, readonly StoredRow[]>>
  readonly totals: readonly RuleTotal[]
  readonly outcomes: readonly RuleOutcome[]
  /** The only period that was judged, where rules say that they are of one. */
  readonly period?: string
}

/** Nothing was judged: an extract that the job needs is missing. */
export interface NothingMatched {
  readonly kind: 'nothing'
  readonly findings: readonly []
}

export type Matched = InvoicesMatched | TablesMatched | NothingMatched

/** Places as rules tell them, as places in files. */
export const placed = (evidence: readonly Evidence[], files: readonly SourceFile[]): Source[] =>
  evidence.map((place) => sourceOf(place, files))

function sourceOf(place: Evidence, files: readonly SourceFile[]): Source {
  const file = place.file === null ? undefined : files[place.file]
  return {
    file: file?.name ?? 'settings of the workspace',
    ...(file === undefined ? {} : { sha256: file.sha256 }),
    // A document's bytes say more than the number of its line.
    ...(place.record === null || place.byteOffset !== null ? {} : { record: place.record }),
    ...(place.byteOffset === null ? {} : { byteOffset: place.byteOffset }),
    ...(place.byteLength === null ? {} : { byteLength: place.byteLength }),
    field: place.field,
    ...(place.value === null ? {} : { value: place.value }),
  }
}
