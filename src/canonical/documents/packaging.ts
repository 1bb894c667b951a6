/** PKG: how goods are to be packed, or are. */
export interface Packaging {
  /** Element 349: F free-form, S structured, X both. */
  readonly type?: string
  /** Element 753. */
  readonly characteristic?: string
  readonly agency?: string
  readonly code?: string
  readonly text?: string
  /** Element 400: unit load. */
  readonly load?: string
}
