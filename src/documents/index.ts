export type { DocumentFinding } from './document-finding.js'
export { type IdentityPlace, identitiesIn, withoutIdentities } from './identities.js'
export type { ReadDocument } from './read-document.js'
export { readDocument, transactionSetOf, writeDocument } from './transaction-sets.js'
