export type { DocumentFinding } from './document-finding.js'
export { gtin14, productIds } from './product-ids.js'
export type { ReadDocument } from './read-document.js'
export { readDocument } from './transaction-sets.js'
