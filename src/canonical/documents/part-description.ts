/** PID beyond the plain description: structured (S), or a further free one (F). */
export interface PartDescription {
  /** Element 349. */
  readonly type: string
  /** Element 750: 08 product, 73 vendor colour, GEN general. */
  readonly characteristic?: string
  /** Element 559 and the agency's code. */
  readonly agency?: string
  readonly code?: string
  readonly text?: string
  readonly language?: string
}
