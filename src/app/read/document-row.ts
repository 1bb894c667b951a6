import { createHash } from 'node:crypto'
import type { CanonicalDocument } from '../../canonical/index.js'
import type { DecodedSegment, Transaction } from '../../formats/x12/index.js'
import type { FileRow, NewDocument } from '../../state/index.js'
import { isaKey } from '../acknowledging/isa-key.js'
import { dayOf } from '../given-day.js'
import type { Tools } from '../tools.js'

/** A document as the store keeps it. */
export function documentRow(
  file: FileRow,
  document: CanonicalDocument,
  content: string,
  partner: string,
  company: string | undefined,
  tools: Tools,
): NewDocument {
  const { envelope, span } = document
  const controls = [envelope.interchangeControl, envelope.groupControl, envelope.transactionControl]
  const id = createHash('sha256')
    .update(JSON.stringify([partner, document.kind, controls, content]))
    .digest('hex')
    .slice(0, 20)
  return {
    id,
    file_id: file.id,
    job: file.job,
    kind: document.kind,
    partner,
    company: company ?? null,
    business_key: businessKey(document),
    interchange_control: envelope.interchangeControl,
    group_control: envelope.groupControl,
    transaction_control: envelope.transactionControl,
    numbered_between: `${isaKey({ qualifier: envelope.senderQualifier, id: envelope.sender })} ${isaKey({ qualifier: envelope.receiverQualifier, id: envelope.receiver })}`,
    content_hash: content,
    state: 'open',
    received_on: dayOf(file.taken_at, tools),
    taken_at: file.taken_at,
    byte_offset: span.byteOffset,
    byte_length: span.byteLength,
    body: JSON.stringify(document),
  }
}

/** The number the partner and we know it by; a document that has none is known by its control number. */
export function businessKey(document: CanonicalDocument): string {
  const numbers: Readonly<Record<string, unknown>> = { ...document }
  const own = [numbers.invoiceNumber, numbers.shipmentNumber, numbers.poNumber, numbers.catalogNumber]
  const number = own.find((value) => typeof value === 'string' && value !== '')
  return typeof number === 'string' ? number : document.envelope.transactionControl
}

/**
 * What makes two documents the same, whatever their envelope, delimiters and place in a file: their segments, so that it stays when a
 * later version reads more of them.
 */
export function contentHash({ segments }: Transaction): string {
  const said = segments.filter(({ id }) => id !== 'ST' && id !== 'SE').map(asJson)
  return createHash('sha256').update(`[${said.join()}]`).digest('hex')
}

/** JSON.stringify([id, ...elements]); a text in which it would escape nothing is not taken apart for it. */
const asJson = (segment: DecodedSegment): string =>
  segment.simple && !QUOTED.test(segment.raw)
    ? `["${segment.joined('","')}"]`
    : JSON.stringify([segment.id, ...segment.elements])

const QUOTED = /["\\]/
