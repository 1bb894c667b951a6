import type { CanonicalDocument } from '../canonical/index.js'
import type { DocumentFinding } from './document-finding.js'

/** A document, or the reasons why it cannot be read for sure. */
export interface ReadDocument<T extends CanonicalDocument = CanonicalDocument> {
  readonly document: T | undefined
  readonly findings: readonly DocumentFinding[]
}
