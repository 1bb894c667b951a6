import type { DecimalText } from '../decimal.js'

export interface Terms {
  readonly type?: string
  readonly discountPercent?: DecimalText
  readonly discountDays?: number
  readonly netDays?: number
  readonly text?: string
}
