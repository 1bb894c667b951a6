import type { AcknowledgmentStatus } from './acknowledgment-status.js'
import type { DocumentBase } from './document-base.js'
import type { OrderHeader } from './order-details.js'
import type { OrderedLine } from './ordered-line.js'

export interface AcknowledgmentLine extends OrderedLine {
  readonly statuses: readonly AcknowledgmentStatus[]
}

/** 855. */
export interface Acknowledgment extends DocumentBase, OrderHeader {
  readonly kind: 'acknowledgment'
  readonly poNumber: string
  readonly release?: string
  readonly poDate?: string
  readonly acknowledgedOn?: string
  /** BAK01 and BAK02. */
  readonly purpose: string
  readonly type: string
  /** BAK06 and BAK07. */
  readonly request?: string
  readonly contract?: string
  /** BAK08: the supplier's order number. */
  readonly supplierOrder?: string
  /** BAK10, element 640. */
  readonly transactionType?: string
  readonly lines: readonly AcknowledgmentLine[]
}
