import type { DecimalText } from '../decimal.js'
import type { DocumentBase } from './document-base.js'
import type { ItemDetails } from './item-details.js'
import type { ProductIds } from './product-ids.js'
import type { Span } from './span.js'
import type { StatedDate } from './stated-date.js'

/** TD1: what a carrier counts and weighs. */
export interface Lading {
  /** Element 103: CTN carton, PLT pallet; the last two digits are the material. */
  readonly packaging?: string
  readonly count?: number
  readonly commodityQualifier?: string
  readonly commodity?: string
  readonly description?: string
  readonly weightQualifier?: string
  readonly weight?: DecimalText
  readonly weightUom?: string
  readonly volume?: DecimalText
  readonly volumeUom?: string
}

/** TD3: trailer, container. */
export interface Equipment {
  /** Element 40: TL trailer, RT refrigerated trailer. */
  readonly type?: string
  readonly initial?: string
  readonly number?: string
  readonly weightQualifier?: string
  readonly weight?: DecimalText
  readonly weightUom?: string
  readonly ownership?: string
  readonly sealStatus?: string
  readonly seal?: string
  /** TD310. */
  readonly isoType?: string
}

/** MAN: what is written on a package. */
export interface Mark {
  /** Element 88: GM SSCC-18 with its application identifier, AA SSCC-18, CP carrier's package id, UC shipping container code. */
  readonly type: string
  /** As sent. */
  readonly value: string
  /** The last of a range that begins with `value`. */
  readonly to?: string
  /** GM and AA: 18 digits (or 20 with the application identifier 00) whose check digit is right. */
  readonly ssccValid?: boolean
}

/** PRF: the order a level ships for. */
export interface ShippedOrder {
  readonly poNumber: string
  readonly release?: string
  readonly changeNumber?: string
  readonly poDate?: string
  /** PRF05. */
  readonly assignedId?: string
  readonly contract?: string
  /** Element 92. */
  readonly type?: string
}

/** SN1. */
export interface ShippedQuantity {
  /** SN101, where it differs from the number of the line. */
  readonly assignedId?: string
  readonly quantity: DecimalText
  readonly uom: string
  readonly shippedToDate?: DecimalText
  readonly ordered?: DecimalText
  readonly orderedUom?: string
  /** Element 728: returnable container load make-up. */
  readonly loadMakeup?: string
  /** Element 668: AC accepted and shipped, IB backordered, IS substitution ... */
  readonly status?: string
}

/** What an HL may say as any line of an order may. */
type LevelDetails = Pick<
  ItemDetails,
  | 'description'
  | 'descriptions'
  | 'packs'
  | 'components'
  | 'routing'
  | 'references'
  | 'furtherReferences'
  | 'contacts'
  | 'dates'
  | 'fob'
  | 'parties'
  | 'destinations'
  | 'charges'
  | 'packaging'
  | 'measurements'
  | 'industryCodes'
>

/** An HL with everything said at its level. Any level may say anything; what each kind is for stands at the lists of the ship notice. */
export interface ShipNoticeLevel extends LevelDetails {
  /** Place of the level in the document, 1-based, as HL01 counts. */
  readonly hl: number
  /** `hl` of the level it belongs to. */
  readonly parent?: number
  /** Element 735: S shipment, O order, T shipping tare (pallet), P pack, Q subpack, I item. */
  readonly level: string
  readonly order?: ShippedOrder
  /** LIN01: mostly the line of the purchase order. */
  readonly assignedId?: string
  readonly ids?: ProductIds
  readonly shipped?: ShippedQuantity
  /** Of an item, all its lots and serial numbers: those of the LIN, then those of each REF LT and SE. */
  readonly lots?: readonly string[]
  readonly serials?: readonly string[]
  /** Of an item, the first DTM 036 or 208. */
  readonly expires?: string
  readonly marks?: readonly Mark[]
  readonly lading?: readonly Lading[]
  readonly equipment?: readonly Equipment[]
  readonly span: Span
}

/** What is in the box. */
export interface ShippedItem extends ShipNoticeLevel {
  /** `hl` of its order: the nearest level, itself included, that is an order or names one. */
  readonly inOrder?: number
  /** `hl` of the package it lies in, the inmost one. Where packages stand below their item, `parent` of those names it. */
  readonly inPack?: number
}

/**
 * 856. The tree of its levels, of whatever order (BSN05), as one list for each kind; `parent` holds the tree, `inOrder` and `inPack` of
 * an item say at once what it is for and where it lies.
 */
export interface ShipNotice extends DocumentBase {
  readonly kind: 'ship-notice'
  /** BSN02. */
  readonly shipmentNumber: string
  /** BSN01, element 353: 00 original, 01 cancellation, 05 replace. */
  readonly purpose: string
  /** BSN03 and BSN04: when the notice was made. */
  readonly noticeDate: string
  readonly noticeTime?: string
  /** BSN05, element 1005: 0001 shipment, order, packaging, item ... */
  readonly structure?: string
  /** BSN06 and BSN07, codes as sent. */
  readonly transactionType?: string
  readonly statusReason?: string
  /** Before the first level. */
  readonly dates?: readonly StatedDate[]
  /** HL03 S: carrier, equipment, bill of lading, parties. Nearly always one. */
  readonly shipments: readonly ShipNoticeLevel[]
  /** HL03 O. */
  readonly orders: readonly ShipNoticeLevel[]
  /** HL03 T, P, Q. */
  readonly packs: readonly ShipNoticeLevel[]
  /** HL03 I. */
  readonly items: readonly ShippedItem[]
  /** Any other HL03. */
  readonly others: readonly ShipNoticeLevel[]
}
