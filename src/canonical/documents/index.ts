/** Canonical business documents. Amounts and quantities are exact decimal text, dates ISO (yyyy-MM-dd). */
import type { Acknowledgment } from './acknowledgment.js'
import type { Invoice } from './invoice.js'
import type { PurchaseOrder } from './purchase-order.js'

export type { Acknowledgment, AcknowledgmentLine, AcknowledgmentStatus } from './acknowledgment.js'
export type { Charge } from './charge.js'
export type { DocumentBase, Envelope } from './document-base.js'
export type { Invoice, InvoiceLine } from './invoice.js'
export type { Party } from './party.js'
export type { ProductIds } from './product-ids.js'
export type { PurchaseOrder, PurchaseOrderLine } from './purchase-order.js'
export type { Span } from './span.js'
export type { Terms } from './terms.js'

export type CanonicalDocument = Invoice | Acknowledgment | PurchaseOrder
