import type { DecimalText } from '../decimal.js'
import type { ProductIds } from './product-ids.js'
import type { Span } from './span.js'
import type { StatedDate } from './stated-date.js'

/** ACK. */
export interface AcknowledgmentStatus {
  /** ACK01. */
  readonly status: string
  readonly quantity?: DecimalText
  readonly uom?: string
  /** ACK04: what the date means. */
  readonly dateQualifier?: string
  readonly date?: string
  /** ACK06: the supplier's number for what it was asked. */
  readonly request?: string
  readonly ids: ProductIds
  /** ACK27 to ACK29: an agency, its subset, and its own code for the reason. */
  readonly agency?: string
  readonly agencySubset?: string
  readonly agencyCode?: string
  /** The DTM behind the ACK. */
  readonly dates?: readonly StatedDate[]
  readonly span: Span
}
