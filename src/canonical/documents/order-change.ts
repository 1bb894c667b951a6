import type { Charge } from './charge.js'
import type { DocumentBase } from './document-base.js'
import type { OrderHeader } from './order-details.js'
import type { ChangedLine } from './ordered-line.js'

/** 860: the buyer changes an order. */
export interface PurchaseOrderChange extends DocumentBase, OrderHeader {
  readonly kind: 'purchase-order-change'
  readonly poNumber: string
  readonly release?: string
  /** BCH05: which change of the order this is. */
  readonly changeNumber?: string
  readonly poDate?: string
  /** BCH11. */
  readonly changedOn?: string
  /** BCH01, element 353: 01 cancellation, 04 change, 05 replace. */
  readonly purpose: string
  readonly type: string
  readonly request?: string
  readonly contract?: string
  /** BCH09: the supplier's order number. */
  readonly supplierOrder?: string
  /** BCH10. */
  readonly acknowledgedOn?: string
  /** BCH12 to BCH16, codes as sent. */
  readonly contractType?: string
  readonly securityLevel?: string
  readonly acknowledgmentType?: string
  readonly transactionType?: string
  readonly purchaseCategory?: string
  readonly lines: readonly ChangedLine[]
  readonly charges: readonly Charge[]
}
