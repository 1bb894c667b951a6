import type { DecimalText } from '../decimal.js'
import type { Charge } from './charge.js'
import type { DocumentBase } from './document-base.js'
import type { ItemDetails } from './item-details.js'
import type { OrderDetails } from './order-details.js'
import type { Party } from './party.js'
import type { ProductIds } from './product-ids.js'
import type { Span } from './span.js'
import type { Terms } from './terms.js'

/** IT3: what became of the quantity ordered. As sent, also on a credit. */
export interface LineShipment {
  readonly shipped?: DecimalText
  readonly uom?: string
  /** Element 368: CC complete, BO backordered, PR partial ... */
  readonly status?: string
  /** Shipped less ordered. */
  readonly difference?: DecimalText
  /** Element 371. */
  readonly reason?: string
}

/** PAM: an amount that the supplier states of a line. As sent, also on a credit. */
export interface LineAmount {
  readonly quantityQualifier?: string
  readonly quantity?: DecimalText
  readonly uom?: string
  /** Element 522: 1 is the total of the line. */
  readonly qualifier?: string
  readonly amount?: DecimalText
}

/** FA1 with its FA2s: what is to be charged for it, in the buyer's own books. */
export interface Accounting {
  /** FA101, element 559. */
  readonly agency?: string
  /** FA102 and FA103: of which service, and whether it is an allowance or a charge. */
  readonly service?: string
  readonly indicator?: string
  /** FA2: `type` is element 1195. */
  readonly codes: readonly AccountCode[]
}

export interface AccountCode {
  readonly type?: string
  readonly code?: string
}

/** CAD: who brought it. */
export interface Carrier {
  /** Element 91. */
  readonly method?: string
  readonly equipmentInitial?: string
  readonly equipment?: string
  /** CAD04, SCAC. */
  readonly carrier?: string
  readonly routing?: string
  readonly status?: string
  /** CAD07 and CAD08, the carrier's number for it. */
  readonly referenceQualifier?: string
  readonly reference?: string
  readonly service?: string
}

/** ISS: all that was shipped. */
export interface ShipmentSummary {
  readonly shipped?: DecimalText
  readonly uom?: string
  readonly weight?: DecimalText
  readonly weightUom?: string
  readonly volume?: DecimalText
  readonly volumeUom?: string
  readonly quantity?: DecimalText
  readonly secondWeight?: DecimalText
}

/** A charge of an invoice or of one of its lines. */
export interface InvoiceCharge extends Charge {
  /** Said in the header and on the lines, and counted once: this is the one that is not counted, kind N with its amount in `stated`. */
  readonly repeated?: true
}

/** What a line may say as any line of an order may. */
type LineDetails = Pick<
  ItemDetails,
  | 'description'
  | 'descriptions'
  | 'packs'
  | 'prices'
  | 'quantities'
  | 'destinations'
  | 'components'
  | 'terms'
  | 'furtherTerms'
  | 'references'
  | 'furtherReferences'
  | 'contacts'
  | 'dates'
  | 'parties'
  | 'packaging'
  | 'measurements'
  | 'industryCodes'
>

export interface InvoiceLine extends LineDetails {
  /** 1-based order in the document. */
  readonly sequence: number
  /** IT101 as sent. */
  readonly assignedId?: string
  readonly quantity: DecimalText
  readonly uom?: string
  readonly unitPrice?: DecimalText
  /** Element 639: PE per each, HP per hundred, TP per thousand ... as sent. */
  readonly priceBasis?: string
  readonly ids: ProductIds
  /** A REF PO on the line, where it differs from BIG04. */
  readonly poNumber?: string
  /** CUR02 and CUR03 of the line. */
  readonly currency?: string
  readonly exchangeRate?: DecimalText
  readonly shipments?: readonly LineShipment[]
  readonly statedAmounts?: readonly LineAmount[]
  readonly carriers?: readonly Carrier[]
  readonly accounting?: readonly Accounting[]
  readonly charges: readonly InvoiceCharge[]
  readonly span: Span
}

/** What the header may say as that of any order. `amounts` are the AMTs behind TDS, as sent. */
type InvoiceDetails = Pick<
  OrderDetails,
  | 'furtherReferences'
  | 'contacts'
  | 'dates'
  | 'furtherTerms'
  | 'fob'
  | 'notes'
  | 'amounts'
  | 'packaging'
  | 'measurements'
  | 'industryCodes'
>

/** 810. Sign: `credit` says whether it reduces what we owe; amounts and quantities then are positive, whatever the partner sent. */
export interface Invoice extends DocumentBase, InvoiceDetails {
  readonly kind: 'invoice'
  readonly invoiceNumber: string
  readonly invoiceDate: string
  readonly poNumber?: string
  readonly release?: string
  /** BIG06. */
  readonly changeNumber?: string
  readonly poDate?: string
  /** BIG07 as sent (DI, CR, CN, DR ...). */
  readonly type?: string
  /** BIG08 and BIG09, codes as sent. */
  readonly purpose?: string
  readonly action?: string
  /** BIG10: the invoice this one is about. */
  readonly relatedInvoice?: string
  readonly credit: boolean
  readonly currency?: string
  readonly exchangeRate?: DecimalText
  readonly parties: readonly Party[]
  readonly terms?: Terms
  readonly lines: readonly InvoiceLine[]
  readonly charges: readonly InvoiceCharge[]
  /** Charges of the lines stand in the header once more, and the total says that they are meant once. See `repeated`. */
  readonly chargesRepeated?: true
  /** TDS01. */
  readonly total: DecimalText
  /** TDS02 to TDS04: what the terms discount is of, what is due with it, and the discount. */
  readonly discountable?: DecimalText
  readonly discountedTotal?: DecimalText
  readonly discount?: DecimalText
  readonly carrier?: Carrier
  readonly accounting?: readonly Accounting[]
  readonly shipments?: readonly ShipmentSummary[]
  readonly references: Readonly<Record<string, string>>
}
