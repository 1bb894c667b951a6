export type { DocumentFinding } from './document-finding.js'
export type { ReadDocument } from './read-document.js'
export { readDocument, transactionSetOf, writeDocument } from './transaction-sets.js'
