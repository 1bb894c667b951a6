/** Canonical business documents. Amounts and quantities are exact decimal text, dates ISO (yyyy-MM-dd). */
import type { Acknowledgment } from './acknowledgment.js'
import type { Invoice } from './invoice.js'
import type { PurchaseOrderChange } from './order-change.js'
import type { OrderChangeAcknowledgment } from './order-change-acknowledgment.js'
import type { PriceCatalog } from './price-catalog.js'
import type { PurchaseOrder } from './purchase-order.js'
import type { ShipNotice } from './ship-notice.js'

export type { Acknowledgment, AcknowledgmentLine } from './acknowledgment.js'
export type { AcknowledgmentStatus } from './acknowledgment-status.js'
export type { Charge } from './charge.js'
export type { Component } from './component.js'
export type { Contact, ContactNumber } from './contact.js'
export type { Destination } from './destination.js'
export type { DocumentBase, Envelope } from './document-base.js'
export type { Fob } from './fob.js'
export type { IndustryCode } from './industry-code.js'
export type {
  AccountCode,
  Accounting,
  Carrier,
  Invoice,
  InvoiceCharge,
  InvoiceLine,
  LineAmount,
  LineShipment,
  ShipmentSummary,
} from './invoice.js'
export type { ItemDetails } from './item-details.js'
export type { LeadTime } from './lead-time.js'
export type { Measurement } from './measurement.js'
export type { Note } from './note.js'
export type { PurchaseOrderChange } from './order-change.js'
export type { ChangeAcknowledgmentLine, OrderChangeAcknowledgment } from './order-change-acknowledgment.js'
export type { OrderDetails, OrderHeader } from './order-details.js'
export type { ChangedLine, OrderedLine } from './ordered-line.js'
export type { Pack } from './pack.js'
export type { Packaging } from './packaging.js'
export type { PartDescription } from './part-description.js'
export type { Address, Party, PartyIdentifier } from './party.js'
export type { PriceBreak } from './price-break.js'
export type { CatalogItem, CatalogPrice, PriceCatalog } from './price-catalog.js'
export type { ProductIds } from './product-ids.js'
export type { PurchaseOrder, PurchaseOrderLine } from './purchase-order.js'
export type { Reference, References } from './reference.js'
export type { Restriction } from './restriction.js'
export type { Routing } from './routing.js'
export type { SalesRequirement } from './sales-requirement.js'
export type { Schedule } from './schedule.js'
export type {
  Equipment,
  Lading,
  Mark,
  ShipNotice,
  ShipNoticeLevel,
  ShippedItem,
  ShippedOrder,
  ShippedQuantity,
} from './ship-notice.js'
export type { Span } from './span.js'
export type { StatedAmount } from './stated-amount.js'
export type { StatedDate } from './stated-date.js'
export type { StatedQuantity } from './stated-quantity.js'
export type { Terms } from './terms.js'

export type CanonicalDocument =
  | Invoice
  | Acknowledgment
  | PurchaseOrder
  | PurchaseOrderChange
  | OrderChangeAcknowledgment
  | ShipNotice
  | PriceCatalog
