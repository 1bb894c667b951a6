import type { DecimalText } from '../decimal.js'

/** AMT. */
export interface StatedAmount {
  /** Element 522: TT total of the transaction set, 1 line items. */
  readonly qualifier: string
  readonly amount: DecimalText
  /** Element 478: C credit, D debit. */
  readonly direction?: string
}
