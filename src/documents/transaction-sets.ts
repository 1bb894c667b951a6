import type { CanonicalDocument } from '../canonical/index.js'
import { hasShortDates, type Transaction } from '../formats/x12/index.js'
import { readAcknowledgment, writeAcknowledgment } from './acknowledgment-855.js'
import { asIn004010 } from './before-004010.js'
import { readInvoice } from './invoice-810.js'
import { asMsg, asMtx, hasMtx } from './note.js'
import { readOrderChange, writeOrderChange } from './order-change-860.js'
import { readOrderChangeAcknowledgment, writeOrderChangeAcknowledgment } from './order-change-acknowledgment-865.js'
import { readPriceCatalog } from './price-catalog-832.js'
import { readPurchaseOrder, writePurchaseOrder } from './purchase-order-850.js'
import type { ReadDocument } from './read-document.js'
import { readShipNotice } from './ship-notice-856.js'
import { writeInvoice } from './write-invoice-810.js'
import { writePriceCatalog } from './write-price-catalog-832.js'
import type { WrittenSegment } from './write-segment.js'
import { writeShipNotice } from './write-ship-notice-856.js'

type Kind = CanonicalDocument['kind']

interface TransactionSet<Document extends CanonicalDocument = CanonicalDocument> {
  /** ST01. */
  readonly set: string
  /** GS01. */
  readonly functionalId: string
  readonly read: (transaction: Transaction) => ReadDocument<Document>
  readonly write: (document: Document, version: string) => readonly WrittenSegment[]
}

const sets: { readonly [Each in Kind]: TransactionSet<Extract<CanonicalDocument, { kind: Each }>> } = {
  invoice: { set: '810', functionalId: 'IN', read: readInvoice, write: writeInvoice },
  'purchase-order': { set: '850', functionalId: 'PO', read: readPurchaseOrder, write: writePurchaseOrder },
  acknowledgment: { set: '855', functionalId: 'PR', read: readAcknowledgment, write: writeAcknowledgment },
  'purchase-order-change': { set: '860', functionalId: 'PC', read: readOrderChange, write: writeOrderChange },
  'order-change-acknowledgment': {
    set: '865',
    functionalId: 'CA',
    read: readOrderChangeAcknowledgment,
    write: writeOrderChangeAcknowledgment,
  },
  'ship-notice': { set: '856', functionalId: 'SH', read: readShipNotice, write: writeShipNotice },
  'price-catalog': { set: '832', functionalId: 'SC', read: readPriceCatalog, write: writePriceCatalog },
}

const readers = new Map(Object.values(sets).map(({ set, read }) => [set, read as TransactionSet['read']]))

/** Transaction set (ST01) and functional group (GS01) of a kind of document. */
export function transactionSetOf(kind: Kind): Pick<TransactionSet, 'set' | 'functionalId'> {
  const { set, functionalId } = sets[kind]
  return { set, functionalId }
}

/**
 * The segments of a document between ST and SE, as writeInterchange takes them, for a version (GS08; by default that of the document's
 * envelope, else 004010). Segments kept in `unmapped` are not written.
 * @throws MatchbookError X12-WRITE when the document says something that its transaction set has no place for
 */
export function writeDocument(
  document: CanonicalDocument,
  version: string = document.envelope.version,
): readonly WrittenSegment[] {
  const { set, write } = sets[document.kind] as TransactionSet
  const segments = write(document, version)
  return segments.map(hasMtx(version, set) ? asMtx : asMsg)
}

/** The canonical document of a transaction set, or why there is none. */
export function readDocument(transaction: Transaction): ReadDocument {
  const reader = readers.get(transaction.set)
  if (reader !== undefined) {
    return reader(hasShortDates(transaction.envelope.version) ? asIn004010(transaction) : transaction)
  }
  return {
    document: undefined,
    findings: [
      {
        code: 'X12-UNSUPPORTED',
        standardCode: 'AK502:1',
        segment: 'ST',
        element: 1,
        value: transaction.set,
        message: `transaction set ${transaction.set} is none that Matchbook reads (${[...readers.keys()].sort().join(', ')})`,
        span: transaction.span,
      },
    ],
  }
}
