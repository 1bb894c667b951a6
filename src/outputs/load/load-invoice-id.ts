import { createHash } from 'node:crypto'

const LIMIT = 10n ** 17n

/**
 * A number for INVOICE_ID (NUMBER(18) in Oracle Fusion) made from the document id, so that the same document gets the same number
 * however often its load is planned. 56 bits of SHA-256: two documents of one load sharing a number is caught by lintLoad.
 */
export function loadInvoiceId(documentId: string): string {
  const digest = createHash('sha256').update(documentId).digest()
  return String((digest.readBigUInt64BE(0) % LIMIT) + LIMIT)
}
