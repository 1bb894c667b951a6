import type { DecimalText } from '../decimal.js'

/** MEA: a weight, a dimension, a temperature. */
export interface Measurement {
  /** Element 737: what is measured. PD physical dimensions, WT weights, CT counts, TE temperature. */
  readonly of?: string
  /** Element 738: G gross weight, N net weight, HT height, LN length, WD width. */
  readonly qualifier?: string
  readonly value?: DecimalText
  readonly uom?: string
  /** MEA05 and MEA06, where it is a range. */
  readonly from?: DecimalText
  readonly to?: DecimalText
  /** Elements 935, 936, 752 and 1373: codes as sent. */
  readonly significance?: string
  readonly attribute?: string
  readonly layer?: string
  readonly method?: string
}
