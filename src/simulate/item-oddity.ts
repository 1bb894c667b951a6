import type { CanonicalRow } from './extract-writer.js'

/** What a supplier offers, where it is not plainly the product. */
export interface Offer {
  readonly manufacturerPart?: string
  readonly gtin?: string
  readonly ndc?: string
  readonly uom?: string
  readonly pack?: number
  /** Our number, as the supplier names it. */
  readonly yourItem?: string
  readonly from?: string
}

/** How a product stands in the lists of items, where not everywhere alike. */
export interface ItemOddity {
  /** Fields of the item in the ERP. */
  readonly erp?: CanonicalRow
  /** Fields of its entry in the EHR; null: there is none. */
  readonly ehr?: CanonicalRow | null
  readonly offer?: Offer
}
