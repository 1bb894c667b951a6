export * from './acknowledge/index.js'
export { DIGIT, kindsIn, POINT } from './character-kinds.js'
export { checkTransaction } from './check/check-transaction.js'
export { CodeSet } from './code-set.js'
export { codeText } from './code-text.js'
export {
  bitOf,
  type DecodedSegment,
  decodedSegment,
  MOST_BITS,
  type SegmentText,
  saysCodeOfShape,
} from './decoded-segment.js'
export { fileChunks } from './file-chunks.js'
export { functionalIds } from './functional-ids.js'
export * from './guide/index.js'
export { headerAdvice, trailerAdvice } from './header-advice.js'
export { type InterchangeNumbers, numberInterchange, type UnnumberedInterchange } from './number-interchange.js'
export { type EnvelopeItem, readBatches, readEnvelopes, readInterchanges, type X12Item } from './read-interchanges.js'
export type { Segment } from './segment.js'
export { type ScanProblem, SegmentScanner } from './segment-scanner.js'
export { hasShortDates } from './standard-version.js'
export { totalsAdvice } from './totals-advice.js'
export { asTransaction, type Transaction, text } from './transaction.js'
export {
  type ElementToWrite,
  type GroupToWrite,
  type InterchangeToWrite,
  type TransactionToWrite,
  writeInterchange,
} from './write.js'
export { isSameFinding, type X12Finding } from './x12-finding.js'
