import type { Charge } from './charge.js'
import type { DocumentBase } from './document-base.js'
import type { OrderHeader } from './order-details.js'
import type { OrderedLine } from './ordered-line.js'

export type PurchaseOrderLine = OrderedLine

/** 850. */
export interface PurchaseOrder extends DocumentBase, OrderHeader {
  readonly kind: 'purchase-order'
  readonly poNumber: string
  readonly release?: string
  readonly poDate?: string
  readonly purpose: string
  readonly type: string
  /** BEG06. */
  readonly contract?: string
  /** BEG07, element 587: which acknowledgment the buyer asks for. */
  readonly acknowledgmentType?: string
  /** BEG08 to BEG12, codes as sent. */
  readonly invoiceType?: string
  readonly contractType?: string
  readonly purchaseCategory?: string
  readonly securityLevel?: string
  readonly transactionType?: string
  readonly lines: readonly PurchaseOrderLine[]
  readonly charges: readonly Charge[]
}
