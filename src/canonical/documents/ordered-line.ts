import type { DecimalText } from '../decimal.js'
import type { ItemDetails } from './item-details.js'
import type { ProductIds } from './product-ids.js'
import type { Span } from './span.js'

/** PO1: a line as it was ordered. */
export interface OrderedLine extends ItemDetails {
  /** 1-based order in the document. */
  readonly sequence: number
  /** PO101 as sent. */
  readonly assignedId?: string
  readonly quantity?: DecimalText
  readonly uom?: string
  readonly unitPrice?: DecimalText
  /** Element 639: PE per each, HP per hundred, TP per thousand ... as sent. */
  readonly priceBasis?: string
  readonly ids: ProductIds
  /** CUR02 and CUR03 of the line. */
  readonly currency?: string
  readonly exchangeRate?: DecimalText
  readonly span: Span
}

/** POC: a line of an order and what is changed about it. */
export interface ChangedLine extends OrderedLine {
  /** Element 670: AI add, DI delete, QI and QD quantity, PC price, CA changes, RZ replace all values ... */
  readonly change: string
  /** POC04: of the quantity, what is still to come. */
  readonly leftToReceive?: DecimalText
}
