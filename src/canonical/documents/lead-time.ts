import type { DecimalText } from '../decimal.js'

/** LDT: how long it takes. */
export interface LeadTime {
  /** Element 345: AE from the order's receipt to shipment, AF to delivery. */
  readonly type: string
  readonly quantity: DecimalText
  /** Element 344: DA calendar days, DW working days, WK weeks, MO months. */
  readonly unit: string
  /** From when on this counts. */
  readonly date?: string
}
