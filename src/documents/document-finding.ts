import type { Span } from '../canonical/index.js'

/** Something in a transaction set that keeps it from being read for sure. */
export interface DocumentFinding {
  readonly code: 'X12-SYNTAX' | 'X12-UNSUPPORTED'
  /** AK403, AK304 or AK502 and the code, as in AK403:6. */
  readonly standardCode: string
  readonly segment: string
  /** Element position, 1-based. */
  readonly element?: number
  readonly value?: string
  readonly message: string
  readonly span: Span
}
