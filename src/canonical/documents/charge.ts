import type { DecimalText } from '../decimal.js'
import type { Span } from './span.js'

/** SAC, or a TXI as kind T. Amount is positive; the kind says which way it goes. */
export interface Charge {
  /** A allowance (reduces), C charge (adds), T tax (adds). N (moves no total) is kept with amount 0. */
  readonly kind: 'A' | 'C' | 'T' | 'N'
  /** Element 1300 (D240 freight, H850 tax ...) or element 963 for a TXI. */
  readonly code?: string
  readonly amount: DecimalText
  readonly description?: string
  /** SAC01 of kind N as sent: N none, P promotion, S service; A or C where it is settled elsewhere. Absent for a TXI. */
  readonly indicator?: string
  /** The amount of kind N as sent. */
  readonly stated?: DecimalText
  /** SAC12, element 331: 02 off invoice, 06 paid by customer, 01 bill back ... */
  readonly method?: string
  /** SAC03 and SAC04: an agency and its own code. */
  readonly agency?: string
  readonly agencyCode?: string
  /** SAC06, element 378: what `percent` is of. */
  readonly percentOf?: string
  /** SAC07, TXI03. */
  readonly percent?: DecimalText
  /** SAC08: for each `uom`. */
  readonly rate?: DecimalText
  readonly uom?: string
  readonly quantity?: DecimalText
  readonly secondQuantity?: DecimalText
  /** SAC13 and SAC14. */
  readonly reference?: string
  readonly option?: string
  /** SAC16. */
  readonly language?: string
  /** TXI04 and TXI05: whose tax it is. */
  readonly jurisdictionQualifier?: string
  readonly jurisdiction?: string
  /** TXI06, element 441. */
  readonly exempt?: string
  /** TXI07, element 662: A added, I included, O information only. */
  readonly relationship?: string
  /** TXI08: the amount that is taxed. */
  readonly basis?: DecimalText
  /** TXI09. */
  readonly taxId?: string
  /** TXI10: the line it is for. */
  readonly lineId?: string
  /** TXI behind the SAC of an invoice: the taxes within this charge. They move no total. */
  readonly taxes?: readonly Charge[]
  readonly span: Span
}
