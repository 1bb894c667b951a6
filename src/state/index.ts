export { appendAudit, firstBrokenAudit } from './audit.js'
export { copyState } from './copy-state.js'
export {
  arrivalOf,
  type DocumentOfFile,
  documentsIn,
  type NewDocument,
  saveDocument,
  setDocumentState,
} from './documents.js'
export {
  type ExceptionFilter,
  exceptionEvents,
  findException,
  listExceptions,
  type StoredException,
  saveSettlement,
} from './exceptions.js'
export {
  dropAt,
  type FileFilter,
  type FileRow,
  fileContents,
  filesOf,
  filesTakenBy,
  findFiles,
  listFiles,
  recordFile,
  saveFileFindings,
  setDisposition,
  settleDrop,
  standingFindings,
} from './files.js'
export { type Lease, takeLease } from './lease.js'
export {
  invoicesLoadedBy,
  type LoadRow,
  loadOfRun,
  loadsOfJob,
  type OutboxRow,
  outboxFailed,
  outboxSent,
  type PlannedLoad,
  saveLoad,
  waitingOutbox,
} from './loads.js'
export {
  type InvoiceResult,
  invoiceResultsOf,
  resultsOf,
  type StoredResult,
  saveInvoiceResults,
  saveResults,
} from './match-results.js'
export type { State, StateDatabase } from './open-state.js'
export { beginRun, finishRun, listRuns, type RunRow, saveStep, showRun, stepOutput } from './runs.js'
export type { Disposition, RunStatus } from './schema.js'
