import type { CanonicalDocument } from '../../canonical/index.js'
import type { InterchangeReport, SetReport } from '../../formats/x12/index.js'
import type { Answer } from '../acknowledging/take-answers.js'
import type { PartnerCheck } from './partner-check.js'

/** What was read of an interchange, and what its acknowledgment will say; nothing of it is in the store yet. */
export interface ReadInterchange {
  readonly report: InterchangeReport
  readonly check: PartnerCheck
  /** `content`: hash of what the document says (document-row.ts). */
  readonly documents: { readonly document: CanonicalDocument; readonly content: string; readonly set: SetReport }[]
  readonly answers: Answer[]
  /** Of its bytes, where its number is kept: of partners with whom X12 is agreed. */
  hash?: string
}
