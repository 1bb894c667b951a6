import type { DecimalText } from '../decimal.js'
import type { Charge } from './charge.js'
import type { DocumentBase } from './document-base.js'
import type { Party } from './party.js'
import type { ProductIds } from './product-ids.js'
import type { Span } from './span.js'
import type { Terms } from './terms.js'

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
