import { createHash } from 'node:crypto'
import { DateTime } from 'luxon'
import type { CanonicalDocument } from '../canonical/index.js'
import type { FileRow, NewDocument } from '../state/index.js'
import type { Tools } from './tools.js'

/** A document as the store keeps it. */
export function documentRow(
  file: FileRow,
  document: CanonicalDocument,
  partner: string,
  company: string | undefined,
  tools: Tools,
): NewDocument {
  const { envelope, span } = document
  const controls = [envelope.interchangeControl, envelope.groupControl, envelope.transactionControl]
  const content = createHash('sha256')
    .update(JSON.stringify(contentOf(document)))
    .digest('hex')
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
    content_hash: content,
    state: 'open',
    received_on: DateTime.fromISO(file.taken_at, { zone: tools.workspace.settings.timezone }).toISODate() ?? '',
    taken_at: file.taken_at,
    byte_offset: span.byteOffset,
    byte_length: span.byteLength,
    body: JSON.stringify(document),
  }
}

/** The number the partner and we know it by; a document that has none is known by its control number. */
function businessKey(document: CanonicalDocument): string {
  const numbers: Readonly<Record<string, unknown>> = { ...document }
  const own = [numbers.invoiceNumber, numbers.shipmentNumber, numbers.poNumber, numbers.catalogNumber]
  const number = own.find((value) => typeof value === 'string' && value !== '')
  return typeof number === 'string' ? number : document.envelope.transactionControl
}

/** The document without its place in a file and its envelope: what makes two of them the same. */
const contentOf = (document: CanonicalDocument): unknown =>
  JSON.parse(
    JSON.stringify(document, (key, value: unknown) => (key === 'span' || key === 'envelope' ? undefined : value)),
  )
