import type { DecimalText } from '../decimal.js'

/** SCH: which part of a line by when. */
export interface Schedule {
  readonly quantity?: DecimalText
  readonly uom?: string
  /** Element 98 and a name: for whom. */
  readonly role?: string
  readonly name?: string
  /** Element 374. */
  readonly dateQualifier?: string
  readonly date?: string
  readonly time?: string
  readonly secondDateQualifier?: string
  readonly secondDate?: string
  readonly secondTime?: string
  /** SCH11 and SCH12. */
  readonly request?: string
  readonly assignedId?: string
}
