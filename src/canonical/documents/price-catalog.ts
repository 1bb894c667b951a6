import type { DecimalText } from '../decimal.js'
import type { Charge } from './charge.js'
import type { DocumentBase } from './document-base.js'
import type { ItemDetails } from './item-details.js'
import type { OrderDetails, OrderHeader } from './order-details.js'
import type { Pack } from './pack.js'
import type { PriceBreak } from './price-break.js'
import type { ProductIds } from './product-ids.js'
import type { Reference, References } from './reference.js'
import type { Span } from './span.js'
import type { StatedDate } from './stated-date.js'
import type { Terms } from './terms.js'

/** CTP with what stands behind it. From 005010 on it may say for whom it is: parties, and codes of a list. */
export interface CatalogPrice
  extends PriceBreak,
    Pick<OrderDetails, 'leadTimes' | 'restrictions' | 'parties' | 'industryCodes'> {
  /** The first DTM 007 or 196, and the first 036 or 197. Where they are absent those of the item count, then those of the catalogue. */
  readonly effectiveFrom?: string
  readonly effectiveTo?: string
  /** The other dates. */
  readonly dates?: readonly StatedDate[]
  /** CUR02. */
  readonly currency?: string
  readonly exchangeRate?: DecimalText
  readonly references?: References
  readonly furtherReferences?: readonly Reference[]
  /** PO4: the package the price is of. */
  readonly packs?: readonly Pack[]
  /** SAC and TXI: what is added to this price or taken off it. */
  readonly charges?: readonly Charge[]
  readonly terms?: Terms
  readonly furtherTerms?: readonly Terms[]
}

/** What a catalogue and its items may say as any order may. */
type CatalogDetails = Pick<
  OrderHeader,
  | 'references'
  | 'furtherReferences'
  | 'contacts'
  | 'dates'
  | 'terms'
  | 'furtherTerms'
  | 'charges'
  | 'routing'
  | 'fob'
  | 'parties'
  | 'notes'
  | 'leadTimes'
  | 'restrictions'
  | 'packaging'
  | 'industryCodes'
>

/** LIN. */
export interface CatalogItem
  extends Partial<CatalogDetails>,
    Pick<ItemDetails, 'description' | 'descriptions' | 'packs' | 'components' | 'measurements'> {
  /** 1-based order in the document. */
  readonly sequence: number
  /** LIN01 as sent. */
  readonly assignedId?: string
  readonly ids: ProductIds
  /** G53, element 875: as sent. */
  readonly maintenance?: string
  readonly effectiveFrom?: string
  readonly effectiveTo?: string
  readonly prices: readonly CatalogPrice[]
  readonly span: Span
}

/** 832. */
export interface PriceCatalog extends DocumentBase, CatalogDetails, Pick<OrderHeader, 'currency' | 'exchangeRate'> {
  readonly kind: 'price-catalog'
  /** BCT01, element 683: PC price catalogue, PS price sheet, SC sales catalogue, RC resale catalogue. */
  readonly type: string
  /** BCT02 to BCT04. */
  readonly catalogNumber?: string
  readonly catalogVersion?: string
  readonly catalogRevision?: string
  /** BCT05. */
  readonly uom?: string
  /** BCT06 to BCT08: the catalogue this one is about or goes with. */
  readonly relatedNumber?: string
  readonly relatedVersion?: string
  readonly relatedRevision?: string
  readonly title?: string
  /** BCT10, element 353: 00 original, 02 add, 03 delete, 04 change, 05 replace. */
  readonly purpose?: string
  /** REF CT, VC or KL, the first of them: the contract the prices are of. Also in `references`. */
  readonly contract?: string
  /** The first DTM 007 or 196, and the first 036 or 197. */
  readonly effectiveFrom?: string
  readonly effectiveTo?: string
  /** CTP before the first item: what counts for all of them. */
  readonly prices?: readonly PriceBreak[]
  readonly items: readonly CatalogItem[]
}
