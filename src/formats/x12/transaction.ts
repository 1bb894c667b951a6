import type { Envelope, Span } from '../../canonical/index.js'
import type { DecodedSegment } from './decoded-segment.js'

/** One transaction set that is complete in itself: from ST to SE, both included. */
export interface Transaction {
  /** ST01. */
  readonly set: string
  readonly envelope: Envelope
  readonly segments: readonly DecodedSegment[]
  readonly span: Span
}

/** The trimmed element, or the empty string. */
export const text = (segment: DecodedSegment, element: number): string => segment.value(element) ?? ''

export function transactionOf(
  segments: readonly DecodedSegment[],
  se: DecodedSegment,
  isa: DecodedSegment,
  gs: DecodedSegment,
): Transaction {
  const st = segments[0] ?? se
  const envelope: Envelope = {
    senderQualifier: text(isa, 5),
    sender: text(isa, 6),
    receiverQualifier: text(isa, 7),
    receiver: text(isa, 8),
    groupSender: text(gs, 2),
    groupReceiver: text(gs, 3),
    interchangeControl: text(isa, 13),
    groupControl: text(gs, 6),
    transactionControl: text(st, 2),
    usage: text(isa, 15),
    version: text(gs, 8),
  }
  const span = { ...st.span, byteLength: se.span.byteOffset + se.span.byteLength - st.span.byteOffset }
  return { set: text(st, 1), envelope, segments, span }
}
