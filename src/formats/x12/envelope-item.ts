import type { DecodedSegment } from './decoded-segment.js'
import type { Delimiters } from './delimiters.js'
import type { Transaction } from './transaction.js'
import type { X12Finding } from './x12-finding.js'

export type X12Item =
  | { readonly kind: 'transaction'; readonly transaction: Transaction }
  | { readonly kind: 'finding'; readonly finding: X12Finding }

/**
 * Items with the bounds of what they stand in, in file order: what comes between an open and its close is about it. Every open has
 * its close, also where the trailer is missing or the file was cut off. A finding about a header comes after its open.
 */
export type EnvelopeItem =
  | X12Item
  | { readonly kind: 'interchange-open'; readonly isa: DecodedSegment; readonly delimiters: Delimiters }
  /** TA1 and the like: in the interchange, in no group of it. */
  | { readonly kind: 'service'; readonly segment: DecodedSegment }
  | { readonly kind: 'group-open'; readonly gs: DecodedSegment }
  | { readonly kind: 'set-open'; readonly st: DecodedSegment }
  /** A set whose SE does not fit it, as the finding behind it says. Not to be used, but it can be looked into. */
  | { readonly kind: 'refused'; readonly transaction: Transaction }
  | { readonly kind: 'set-close'; readonly st: DecodedSegment }
  | { readonly kind: 'group-close'; readonly gs: DecodedSegment; readonly ge: DecodedSegment | undefined }
  | { readonly kind: 'interchange-close'; readonly isa: DecodedSegment; readonly iea: DecodedSegment | undefined }
