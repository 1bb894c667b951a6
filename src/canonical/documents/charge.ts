import type { DecimalText } from '../decimal.js'
import type { Span } from './span.js'

/** SAC, or a TXI as kind T. Amount is positive; the kind says which way it goes. */
export interface Charge {
  /** A allowance (reduces), C charge (adds), T tax (adds). N (no charge) is kept with amount 0. */
  readonly kind: 'A' | 'C' | 'T' | 'N'
  /** Element 1300 (D240 freight, H850 tax ...) or element 963 for a TXI. */
  readonly code?: string
  readonly amount: DecimalText
  readonly description?: string
  readonly span: Span
}
