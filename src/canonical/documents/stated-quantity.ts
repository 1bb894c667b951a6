import type { DecimalText } from '../decimal.js'

/** QTY. */
export interface StatedQuantity {
  /** Element 673. */
  readonly qualifier: string
  readonly quantity?: DecimalText
  readonly uom?: string
  /** QTY04. */
  readonly text?: string
}
