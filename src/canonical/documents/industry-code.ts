/** LQ with the LM in front of it: a code of somebody's list. */
export interface IndustryCode {
  /** LM01 and LM02, element 559: whose list. */
  readonly agency?: string
  readonly agencySubset?: string
  /** LQ01, element 1270: which list. */
  readonly list?: string
  readonly code?: string
}
