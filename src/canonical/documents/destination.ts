import type { DecimalText } from '../decimal.js'

/** One pair of an SDQ: what of a line goes where. */
export interface Destination {
  readonly idQualifier?: string
  readonly id: string
  readonly quantity: DecimalText
  readonly uom: string
}
