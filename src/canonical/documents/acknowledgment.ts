import type { DecimalText } from '../decimal.js'
import type { DocumentBase } from './document-base.js'
import type { Party } from './party.js'
import type { ProductIds } from './product-ids.js'
import type { Span } from './span.js'

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
