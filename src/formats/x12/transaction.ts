import type { Envelope, Span } from '../../canonical/index.js'

/** A segment decoded: elements[0] is element 1. Repetitions and components stay in the text. */
export interface DecodedSegment {
  readonly id: string
  readonly elements: readonly string[]
  readonly span: Span
}

/** One transaction set that is complete in itself: from ST to SE, both included. */
export interface Transaction {
  /** ST01. */
  readonly set: string
  readonly envelope: Envelope
  readonly segments: readonly DecodedSegment[]
  readonly span: Span
}
