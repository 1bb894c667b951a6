export type { DocumentFinding } from './document-finding.js'
export type { ReadDocument } from './read-document.js'
export { readDocument } from './transaction-sets.js'
