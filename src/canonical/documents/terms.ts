import type { DecimalText } from '../decimal.js'

/** ITD, terms of sale. */
export interface Terms {
  /** Element 336. */
  readonly type?: string
  /** Element 333: what the days count from; 3 invoice date, 2 delivery, 15 receipt of goods. */
  readonly basis?: string
  readonly discountPercent?: DecimalText
  readonly discountDays?: number
  readonly discountDue?: string
  readonly discountAmount?: DecimalText
  readonly netDays?: number
  readonly netDue?: string
  /** ITD09 to ITD11: what is paid later, by when, and which percent of the invoice is payable. */
  readonly deferredAmount?: DecimalText
  readonly deferredDue?: string
  readonly payablePercent?: DecimalText
  /** Due on this day of the month. */
  readonly dayOfMonth?: number
  /** Element 107. */
  readonly paymentMethod?: string
  /** ITD15. */
  readonly percent?: DecimalText
  readonly text?: string
}
