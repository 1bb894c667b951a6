import type { Transaction } from '../formats/x12/index.js'
import { readAcknowledgment } from './acknowledgment-855.js'
import { readInvoice } from './invoice-810.js'
import { readPurchaseOrder } from './purchase-order-850.js'
import type { ReadDocument } from './read-document.js'

const readers = new Map<string, (transaction: Transaction) => ReadDocument>([
  ['810', readInvoice],
  ['850', readPurchaseOrder],
  ['855', readAcknowledgment],
])

/** The canonical document of a transaction set, or why there is none. */
export function readDocument(transaction: Transaction): ReadDocument {
  const reader = readers.get(transaction.set)
  if (reader !== undefined) return reader(transaction)
  return {
    document: undefined,
    findings: [
      {
        code: 'X12-UNSUPPORTED',
        standardCode: 'AK502:1',
        segment: 'ST',
        element: 1,
        value: transaction.set,
        message: `transaction set ${transaction.set} is none that Matchbook reads (${[...readers.keys()].join(', ')})`,
        span: transaction.span,
      },
    ],
  }
}
