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

/** A TA1, which stands in an interchange and in no transaction set, as a set of its own: what can be held against a guide. */
export function asTransaction(service: DecodedSegment, isa: DecodedSegment): Transaction {
  const { envelope } = transactionOf([service], service, isa, service)
  const [groupSender, groupReceiver, groupControl, transactionControl] = ['', '', '', text(service, 1)]
  // ISA12 00401 is release 1 of version 004, as 004010 is.
  const version = `${text(isa, 12)}0`
  return {
    set: service.id,
    envelope: { ...envelope, groupSender, groupReceiver, groupControl, transactionControl, version },
    segments: [service],
    span: service.span,
  }
}

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
