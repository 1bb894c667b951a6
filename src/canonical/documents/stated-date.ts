/** DTM. */
export interface StatedDate {
  /** Element 374: 002 delivery requested, 010 requested ship, 037 ship not before, 067 current schedule delivery. */
  readonly qualifier: string
  readonly date?: string
  /** HHMM, HHMMSS or with hundredths, as sent. */
  readonly time?: string
  /** Element 623: ET, CT, UT ... */
  readonly zone?: string
  /** DTM05 and DTM06: a period in the format the qualifier says (RD8: CCYYMMDD-CCYYMMDD), as sent. */
  readonly periodFormat?: string
  readonly period?: string
}
