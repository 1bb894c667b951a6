import type { ControlTotal } from '../../outputs/report/index.js'
import type { RunSummary } from '../run-summary.js'

/** What the night came to; the numbers of the run's summary. */
export interface Settled {
  readonly invoices: RunSummary['invoices']
  readonly outcomes: RunSummary['outcomes']
  /** Of the matcher; those of files and extracts come beside them. */
  readonly totals: readonly ControlTotal[]
  readonly extracts: RunSummary['extracts']
  readonly missing: readonly string[]
  readonly raised: number
  readonly stillOpen: number
  readonly reopened: number
  readonly healed: number
}
