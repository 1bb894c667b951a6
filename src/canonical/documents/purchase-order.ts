import type { DecimalText } from '../decimal.js'
import type { Charge } from './charge.js'
import type { DocumentBase } from './document-base.js'
import type { Party } from './party.js'
import type { ProductIds } from './product-ids.js'
import type { Span } from './span.js'
import type { Terms } from './terms.js'

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
