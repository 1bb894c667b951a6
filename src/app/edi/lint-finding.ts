/** Something wrong in an X12 file, with all a person needs to see it and set it right. */
export interface LintFinding {
  readonly level: 'error' | 'warning'
  /** Matchbook's code: X12-SYNTAX, X12-ENVELOPE, FILE-TRUNCATED ... */
  readonly code: string
  /** The standard's own: AK403:6, AK502:4, TA105:021 ... */
  readonly standardCode: string
  readonly message: string
  /** The transaction set it is in: ST01 and ST02 with ISA13; absent for what stands outside of any. */
  readonly set?: { readonly id: string; readonly control: string; readonly interchange: string; readonly line: number }
  /** Segment, element and component: BEG, 5. */
  readonly segment?: string
  readonly element?: number
  readonly component?: number
  readonly value?: string
  /** What would be right. */
  readonly expected?: string
  /** Of the element where one is at fault, else of the segment. */
  readonly byteOffset: number
  readonly byteLength: number
  readonly line: number
  /** The segment as it stands (its beginning, where it is very long), and which characters of it are meant. */
  readonly text: string
  readonly mark: { readonly from: number; readonly length: number }
}

/** What the transaction sets of one kind and version in a file were held against. */
export interface HeldAgainst {
  /** ST01, or TA1. */
  readonly set: string
  /** GS08 */
  readonly version: string
  /** The version of the guide; absent where none is held for the set: then only its envelope was looked at. */
  readonly guide?: string
  /** The guide is that of a neighbouring version: only what all versions have in common was looked at. */
  readonly lenient: boolean
}

export interface LintResult {
  readonly file: string
  /** Transaction sets that were looked into. */
  readonly sets: number
  /** TA1s that were looked into. */
  readonly interchangeAcknowledgments: number
  readonly errors: number
  readonly warnings: number
  readonly guides: readonly HeldAgainst[]
}
