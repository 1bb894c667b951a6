import type { AcknowledgmentStatus } from './acknowledgment-status.js'
import type { DocumentBase } from './document-base.js'
import type { OrderHeader } from './order-details.js'
import type { ChangedLine } from './ordered-line.js'

export interface ChangeAcknowledgmentLine extends ChangedLine {
  readonly statuses: readonly AcknowledgmentStatus[]
}

/** 865: the supplier answers an order change, or asks for one. */
export interface OrderChangeAcknowledgment extends DocumentBase, OrderHeader {
  readonly kind: 'order-change-acknowledgment'
  readonly poNumber: string
  readonly release?: string
  /** BCA05: which change of the order this answers. */
  readonly changeNumber?: string
  readonly poDate?: string
  /** BCA10. */
  readonly acknowledgedOn?: string
  /** BCA11: of the change this answers. */
  readonly changedOn?: string
  readonly purpose: string
  /** BCA02, element 587: AC, AD, RJ ... */
  readonly type?: string
  readonly request?: string
  readonly contract?: string
  /** BCA09: the supplier's order number. */
  readonly supplierOrder?: string
  /** BCA13, element 92. */
  readonly orderType?: string
  readonly securityLevel?: string
  readonly transactionType?: string
  readonly lines: readonly ChangeAcknowledgmentLine[]
}
