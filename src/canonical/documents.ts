import type { DecimalText } from './decimal.js'

/** Canonical business documents. Amounts and quantities are exact decimal text, dates ISO (yyyy-MM-dd). */

/** Bytes of a segment in its file. */
export interface Span {
  readonly byteOffset: number
  readonly byteLength: number
  readonly line: number
}

/** Product ids by what they are, whatever qualifier (element 235) carried them. Values as sent, trimmed. */
export interface ProductIds {
  /** IN, BP, CB, PI: the buyer's item number. */
  readonly buyerItem?: string
  /** VP, VC, VN, VA: the supplier's. */
  readonly vendorItem?: string
  /** MG, MF: the manufacturer's part number. */
  readonly manufacturerPart?: string
  /** UK, EN, UP, UI, UA: as GTIN-14, zero-padded. */
  readonly gtin?: string
  /** N4, ND: NDC. */
  readonly ndc?: string
  /** HI, H: HIBC. */
  readonly hibc?: string
  readonly lot?: string
  readonly serial?: string
  /** Qualifiers without a place above, as sent. */
  readonly other?: Readonly<Record<string, string>>
}

export interface Party {
  /** Element 98: ST ship-to, BT bill-to, SE seller, RE remit-to, VN vendor, BY buyer, SF ship-from. */
  readonly role: string
  readonly name?: string
  readonly idQualifier?: string
  readonly id?: string
}

export interface Terms {
  readonly type?: string
  readonly discountPercent?: DecimalText
  readonly discountDays?: number
  readonly netDays?: number
  readonly text?: string
}

/** SAC, or a TXI as kind T. Amount is positive; the kind says which way it goes. */
export interface Charge {
  /** A allowance (reduces), C charge (adds), T tax (adds). N (no charge) is kept with amount 0. */
  readonly kind: 'A' | 'C' | 'T' | 'N'
  /** Element 1300 (D240 freight, H850 tax ...) or element 963 for a TXI. */
  readonly code?: string
  readonly amount: DecimalText
  readonly description?: string
  readonly span: Span
}

/** Who sent the document, and its place in the interchange. */
export interface Envelope {
  readonly senderQualifier: string
  readonly sender: string
  readonly receiverQualifier: string
  readonly receiver: string
  readonly groupSender: string
  readonly groupReceiver: string
  readonly interchangeControl: string
  readonly groupControl: string
  readonly transactionControl: string
  /** ISA15: P production, T test, I information. */
  readonly usage: string
  readonly version: string
}

interface DocumentBase {
  readonly envelope: Envelope
  /** From ST to SE. */
  readonly span: Span
  /** Segments read but not mapped to a field; nothing is dropped in silence. */
  readonly unmapped: readonly { readonly segment: string; readonly text: string; readonly span: Span }[]
}

export interface InvoiceLine {
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
  readonly description?: string
  /** A REF PO on the line, where it differs from BIG04. */
  readonly poNumber?: string
  readonly charges: readonly Charge[]
  readonly span: Span
}

/** 810. Sign: `credit` says whether it reduces what we owe; amounts and quantities then are positive, whatever the partner sent. */
export interface Invoice extends DocumentBase {
  readonly kind: 'invoice'
  readonly invoiceNumber: string
  readonly invoiceDate: string
  readonly poNumber?: string
  readonly release?: string
  readonly poDate?: string
  /** BIG07 as sent (DI, CR, CN, DR ...). */
  readonly type?: string
  readonly credit: boolean
  readonly currency?: string
  readonly parties: readonly Party[]
  readonly terms?: Terms
  readonly lines: readonly InvoiceLine[]
  readonly charges: readonly Charge[]
  /** TDS01. */
  readonly total: DecimalText
  readonly references: Readonly<Record<string, string>>
}

export interface AcknowledgmentStatus {
  /** ACK01. */
  readonly status: string
  readonly quantity?: DecimalText
  readonly uom?: string
  /** ACK04: what the date means. */
  readonly dateQualifier?: string
  readonly date?: string
  readonly ids: ProductIds
  readonly span: Span
}

export interface AcknowledgmentLine {
  readonly sequence: number
  /** PO101 as sent. */
  readonly assignedId?: string
  readonly quantity?: DecimalText
  readonly uom?: string
  readonly unitPrice?: DecimalText
  readonly priceBasis?: string
  readonly ids: ProductIds
  readonly description?: string
  readonly statuses: readonly AcknowledgmentStatus[]
  readonly span: Span
}

/** 855. */
export interface Acknowledgment extends DocumentBase {
  readonly kind: 'acknowledgment'
  readonly poNumber: string
  readonly poDate?: string
  readonly acknowledgedOn?: string
  /** BAK01 and BAK02. */
  readonly purpose: string
  readonly type: string
  readonly parties: readonly Party[]
  readonly lines: readonly AcknowledgmentLine[]
  readonly references: Readonly<Record<string, string>>
}

export interface PurchaseOrderLine {
  readonly sequence: number
  readonly assignedId?: string
  readonly quantity?: DecimalText
  readonly uom?: string
  readonly unitPrice?: DecimalText
  readonly priceBasis?: string
  readonly ids: ProductIds
  readonly description?: string
  readonly span: Span
}

/** 850. */
export interface PurchaseOrder extends DocumentBase {
  readonly kind: 'purchase-order'
  readonly poNumber: string
  readonly release?: string
  readonly poDate?: string
  readonly purpose: string
  readonly type: string
  readonly parties: readonly Party[]
  readonly terms?: Terms
  readonly lines: readonly PurchaseOrderLine[]
  readonly charges: readonly Charge[]
  readonly references: Readonly<Record<string, string>>
}

export type CanonicalDocument = Invoice | Acknowledgment | PurchaseOrder
