import type { DecimalText } from '../decimal.js'

/** CTB: under which condition goods may be ordered, shipped, returned. */
export interface Restriction {
  /** Element 688: OR ordering, SR shipping, NR not returnable, SP special order only. */
  readonly type: string
  readonly text?: string
  /** Element 673: 57 minimum order quantity, 70 maximum order quantity. */
  readonly quantityQualifier?: string
  readonly quantity?: DecimalText
  /** Element 522. */
  readonly amountQualifier?: string
  readonly amount?: DecimalText
}
