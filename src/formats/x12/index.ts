export { fileChunks } from './file-chunks.js'
export type { Segment } from './segment.js'
export { type ScanProblem, SegmentScanner } from './segment-scanner.js'
export { type GroupToWrite, type InterchangeToWrite, type TransactionToWrite, writeInterchange } from './write.js'
