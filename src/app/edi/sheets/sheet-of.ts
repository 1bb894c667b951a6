import type { CanonicalDocument } from '../../../canonical/index.js'
import { loadGuide } from '../../../formats/x12/guide/load-guide.js'
import type { Transaction } from '../../../formats/x12/index.js'
import type { Sheet } from '../sheet.js'
import type { Words } from '../words.js'
import { functionalAcknowledgmentSheet } from './functional-acknowledgment.js'
import { invoiceSheet } from './invoice.js'
import { orderSheet } from './order.js'
import { priceCatalogSheet } from './price-catalog.js'
import { segmentsSheet } from './segments.js'
import { shipNoticeSheet } from './ship-notice.js'

/** A transaction set as people read it: by its document where it has one, else by its segments. */
export async function sheetOf(
  transaction: Transaction,
  document: CanonicalDocument | undefined,
  words: Words,
): Promise<Sheet> {
  if (transaction.set === '997' || transaction.set === '999') return functionalAcknowledgmentSheet(transaction, words)
  switch (document?.kind) {
    case 'invoice':
      return invoiceSheet(document, words)
    case 'purchase-order':
    case 'purchase-order-change':
    case 'acknowledgment':
    case 'order-change-acknowledgment':
      return orderSheet(document, words)
    case 'price-catalog':
      return priceCatalogSheet(document, words)
    case 'ship-notice':
      return shipNoticeSheet(document, words)
    default:
      return segmentsSheet(transaction, await loadGuide(transaction.envelope.version, transaction.set), words)
  }
}
