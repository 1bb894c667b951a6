import type { DecimalText } from '../decimal.js'

/** CSH. */
export interface SalesRequirement {
  /** Element 563: N no back order, SC ship complete, NS no substitutes. */
  readonly requirement?: string
  /** Element 306: what to do where `amount` is exceeded. */
  readonly action?: string
  readonly amount?: DecimalText
  readonly account?: string
  readonly date?: string
  readonly agency?: string
  readonly specialService?: string
  /** Element 566. */
  readonly substitution?: string
  readonly percent?: DecimalText
  readonly percentOf?: string
}
