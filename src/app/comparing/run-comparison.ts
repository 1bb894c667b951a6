import type { DecimalText } from '../../canonical/index.js'

/** One of the two runs. */
export interface ComparedRun {
  readonly workspace: string
  /** Absolute. */
  readonly folder: string
  readonly run: string
  readonly job: string
  readonly kind: string
  readonly asOf: string
  readonly status: string
  /** Of the Matchbook that ran it. */
  readonly version: string
  readonly isLast: boolean
}

export interface ComparedTotal {
  readonly what: string
  /** Count or exact decimal; null where that side has no such thing. */
  readonly left: string | null
  readonly right: string | null
  /** Right less left, exact; a side without it counts as nothing. */
  readonly difference: string
}

/** Where the two differ in one exception, invoice or row. */
export interface RunDifference {
  readonly kind: 'exception' | 'invoice' | 'row'
  readonly where: 'left' | 'right' | 'both'
  readonly subject: string
  readonly left: string | null
  readonly right: string | null
  readonly amount: DecimalText | null
  /** Why, as far as files, documents, decisions and settings tell. */
  readonly because: string
}

export interface RunComparison {
  readonly left: ComparedRun
  readonly right: ComparedRun
  readonly totals: readonly ComparedTotal[]
  /** Names of files that came to one side alone, by content. */
  readonly files: { readonly left: readonly string[]; readonly right: readonly string[]; readonly both: number }
  /** Settings files that say something else, each with the headings that do; null where one side kept none. */
  readonly settings: readonly { readonly name: string; readonly headings: readonly string[] }[] | null
  /** Invoices of one side that the other judged again in a later run: how it judged them then is not known any more. */
  readonly judgedAgain: number
  /** What is the same on both sides. */
  readonly same: { readonly exceptions: number; readonly invoices: number; readonly rows: number }
  readonly differences: readonly RunDifference[]
  readonly alike: boolean
}
