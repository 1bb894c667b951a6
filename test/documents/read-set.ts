import type { Acknowledgment, CanonicalDocument, Invoice, PriceCatalog, ShipNotice } from '../../src/canonical/index.js'
import { writeInterchange } from '../../src/formats/x12/index.js'
import { type FileRead, readFile } from './read-file.js'

const functionalIds: Readonly<Record<string, string>> = {
  '810': 'IN',
  '824': 'AG',
  '832': 'SC',
  '850': 'PO',
  '855': 'PR',
  '856': 'SH',
  '860': 'PC',
  '865': 'CA',
}

/** One transaction set in an interchange of its own. Segments without ST and SE. */
export const writtenSet = (set: string, segments: readonly (readonly string[])[]): Uint8Array =>
  writeInterchange({
    sender: { qualifier: 'ZZ', id: 'SUPPLIER' },
    receiver: { qualifier: 'ZZ', id: 'HOSPITAL' },
    usage: 'P',
    version: '004010',
    date: '2026-11-20',
    time: '2130',
    control: 1,
    groups: [
      {
        functionalId: functionalIds[set] ?? 'IN',
        sender: 'SUPPLIER',
        receiver: 'HOSPITAL',
        control: 1,
        transactions: [{ set, control: '0001', segments }],
      },
    ],
  })

/** The same, written and read. */
export const readSegments = (set: string, segments: readonly (readonly string[])[]): Promise<FileRead> =>
  readFile(writtenSet(set, segments))

/** Segments as text with `*`. */
export const readSet = (set: string, ...segments: readonly string[]): Promise<FileRead> =>
  readSegments(
    set,
    segments.map((segment) => segment.split('*')),
  )

/** The one document that the segments are, read without a finding. */
export const readOne = async <Kind extends CanonicalDocument['kind']>(
  set: string,
  kind: Kind,
  ...segments: readonly string[]
): Promise<Extract<CanonicalDocument, { kind: Kind }>> => only(await readSet(set, ...segments), kind)

/** A credit or invoice of one order; what is between the BIG and the end is the caller's. */
export const readInvoice = async (...segments: readonly string[]): Promise<Invoice> =>
  only(await readSet('810', ...segments), 'invoice')

export const readShipNotice = async (...segments: readonly string[]): Promise<ShipNotice> =>
  only(await readSet('856', ...segments), 'ship-notice')

export const readPriceCatalog = async (...segments: readonly string[]): Promise<PriceCatalog> =>
  only(await readSet('832', ...segments), 'price-catalog')

export const readAcknowledgment = async (...segments: readonly string[]): Promise<Acknowledgment> =>
  only(await readSet('855', ...segments), 'acknowledgment')

function only<Kind extends CanonicalDocument['kind']>(
  { documents, findings }: FileRead,
  kind: Kind,
): Extract<CanonicalDocument, { kind: Kind }> {
  const document = documents[0]
  if (findings.length > 0 || documents.length !== 1 || document?.kind !== kind) {
    throw new Error(`expected one ${kind} and no finding: ${JSON.stringify({ documents, findings })}`)
  }
  return document as Extract<CanonicalDocument, { kind: Kind }>
}
