/** Words for people: an N9 with its MSGs, MSGs by themselves, or an NTE. */
export interface Note {
  /** Element 128 of the N9: L1 letters or notes, ZZ; absent where the MSGs stand by themselves. */
  readonly qualifier?: string
  /** N902 and N903. */
  readonly reference?: string
  readonly title?: string
  /** N904: the date of the N9 itself. */
  readonly date?: string
  /** Element 363 of an NTE, or of the MTXs of an N9: GEN entire transaction set, DEL delivery. */
  readonly code?: string
  /** One line each MSG. */
  readonly text?: string
}
