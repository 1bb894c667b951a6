import type { Span } from './span.js'

/** Who sent the document, and its place in the interchange. */
export interface Envelope {
  readonly senderQualifier: string
  readonly sender: string
  readonly receiverQualifier: string
  readonly receiver: string
  readonly groupSender: string
  readonly groupReceiver: string
  readonly interchangeControl: string
  readonly groupControl: string
  readonly transactionControl: string
  /** ISA15: P production, T test, I information. */
  readonly usage: string
  readonly version: string
}

export interface DocumentBase {
  readonly envelope: Envelope
  /** From ST to SE. */
  readonly span: Span
  /** Segments read but not mapped to a field; nothing is dropped in silence. */
  readonly unmapped: readonly { readonly segment: string; readonly text: string; readonly span: Span }[]
}
