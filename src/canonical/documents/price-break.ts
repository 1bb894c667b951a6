import type { DecimalText } from '../decimal.js'

/** CTP. */
export interface PriceBreak {
  /** Element 687, class of trade. */
  readonly classOfTrade?: string
  /** Element 236: CON contract, CAT catalogue, RES resale, UCP unit cost price. */
  readonly priceId?: string
  readonly unitPrice?: DecimalText
  /** From this quantity on. */
  readonly quantity?: DecimalText
  readonly uom?: string
  /** Element 648 (DIS discount, SEL selling price ...) and the multiplier. */
  readonly multiplierQualifier?: string
  readonly multiplier?: DecimalText
  readonly amount?: DecimalText
  /** Element 639: per what. */
  readonly basis?: string
  readonly condition?: string
  /** Price is for this many. */
  readonly multiple?: number
}
