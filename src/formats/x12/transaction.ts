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
  const { envelope } = transactionOf([service], service, groupEnvelope(isa, service))
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

/** What the sets of a group have in common. */
export type GroupEnvelope = Omit<Envelope, 'transactionControl'>

export function groupEnvelope(isa: DecodedSegment | undefined, gs: DecodedSegment): GroupEnvelope {
  const ofInterchange = (element: number) => (isa === undefined ? '' : text(isa, element))
  return {
    senderQualifier: ofInterchange(5),
    sender: ofInterchange(6),
    receiverQualifier: ofInterchange(7),
    receiver: ofInterchange(8),
    groupSender: text(gs, 2),
    groupReceiver: text(gs, 3),
    interchangeControl: ofInterchange(13),
    groupControl: text(gs, 6),
    usage: ofInterchange(15),
    version: text(gs, 8),
  }
}

export function transactionOf(
  segments: readonly DecodedSegment[],
  se: DecodedSegment,
  group: GroupEnvelope,
): Transaction {
  const st = segments[0] ?? se
  // Field by field: it is done for every set of a file, and a copy of the whole takes ten times as long.
  const envelope: Envelope = {
    senderQualifier: group.senderQualifier,
    sender: group.sender,
    receiverQualifier: group.receiverQualifier,
    receiver: group.receiver,
    groupSender: group.groupSender,
    groupReceiver: group.groupReceiver,
    interchangeControl: group.interchangeControl,
    groupControl: group.groupControl,
    transactionControl: text(st, 2),
    usage: group.usage,
    version: group.version,
  }
  const { byteOffset, line } = st
  const span = { byteOffset, byteLength: se.byteOffset + se.byteLength - byteOffset, line }
  return { set: text(st, 1), envelope, segments, span }
}
