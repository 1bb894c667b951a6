export {
  type AuditEntry,
  type AuditHead,
  type AuditRow,
  type AuditVerdict,
  appendAudit,
  appendAudits,
  auditAbout,
  auditHash,
  auditHead,
  auditOf,
  auditRows,
  firstBrokenAudit,
  GENESIS,
  lastAudit,
  lastAuditOf,
  verifyAudit,
} from './audit.js'
export { type CauseRow, causesSince, openCause, openCauses, settleCause } from './causes.js'
export { allCircuits, type CircuitRow, circuitOf, forgetCircuit, saveCircuit } from './circuits.js'
export { type ComparableInvoice, type ComparableRun, comparableRun, isUnsettled } from './comparable-run.js'
export {
  type FirstNumbers,
  type IsaPair,
  plainControl,
  takeControlNumber,
  takeControlNumbers,
} from './control-numbers.js'
export {
  type CrossReference,
  crossReferences,
  endReference,
  type ReferenceFilter,
  referencesBeside,
  referencesNaming,
  saveReference,
  withdrawReference,
} from './cross-references.js'
export { type Assignment, bookAssignment, bookReopening, bookVerdict, type Doing } from './deciding.js'
export { decisionRules, type StoredRule, saveRule, withdrawRule } from './decision-rules.js'
export { standingDecisionsOf } from './decisions.js'
export {
  type Arrival,
  type DocumentOfFile,
  documentsIn,
  type NewDocument,
  numbersKnown,
  setDocumentState,
  takeDocuments,
} from './documents.js'
export { type EvidencePackRow, listPacks, packEnding, packOf, savePack } from './evidence-packs.js'
export {
  type ExceptionFilter,
  exceptionEvents,
  findException,
  listExceptions,
  type StoredException,
  saveSettlement,
} from './exceptions.js'
export {
  dropsAt,
  type FileFilter,
  type FileRow,
  fileContents,
  filesOf,
  filesOfInputs,
  filesTakenBy,
  findFiles,
  listFiles,
  recordFiles,
  saveFileFindings,
  setDisposition,
  settleDrops,
  standingFindings,
  takenSince,
} from './files.js'
export { allLeft, type LeftAt, type LeftBehind, type LeftBehindRow, leftAt, replaceLeft } from './left-behind.js'
export {
  type LineageBacklog,
  lineageBacklog,
  lineageEventFailed,
  lineageEventTaken,
  queueLineageEvent,
  waitingLineageEvents,
} from './lineage-events.js'
export {
  loadEvents,
  loadPlan,
  loadResults,
  type StoredLoadEvent,
  type StoredLoadPlan,
  type StoredLoadResult,
  saveLoadEvent,
  saveLoadPlan,
  saveLoadResults,
} from './load-records.js'
export {
  confirmRows,
  decisionsOfLoad,
  findLoad,
  giveBack,
  type InvoiceOfLoad,
  invoicesInLoads,
  invoicesLoadedBy,
  invoicesOfLoad,
  invoicesOnTheirWay,
  type LoadDecision,
  type LoadDelivery,
  type LoadFilter,
  type LoadRow,
  listLoads,
  loadOfKey,
  loadsNotWhollySeen,
  loadsOfJob,
  type PlannedLoad,
  type RowIdentity,
  type RowOfLoad,
  type RowOnItsWay,
  rowsOfLoad,
  rowsOnTheirWay,
  rowsTakenBack,
  saveLoad,
  saveLoadDecisions,
  setLoadStatus,
  takeRowsBack,
} from './loads.js'
export {
  type InvoiceResult,
  invoiceResultsOf,
  resultsOf,
  type StoredResult,
  saveInvoiceResults,
  saveResults,
} from './match-results.js'
export { judgedInvoices, lastRecoveries, lastSuccesses, newestFiles, quarantinedFiles } from './measures.js'
export { beforeUpgrade } from './migrate.js'
export type { MovedState } from './move-state.js'
export {
  countNotifications,
  dueNotifications,
  listNotifications,
  type NotificationRow,
  noteEscalationsTold,
  notificationFailed,
  notificationReached,
  notificationSent,
  notificationsTo,
  notificationTried,
  queueNotification,
  retryNotifications,
  rewriteNotification,
} from './notifications.js'
export {
  firstBegun,
  type OccurrenceKey,
  type OccurrenceRow,
  occurrencesOf,
  scheduleSince,
  sharesTaken,
  skipOccurrence,
} from './occurrences.js'
export {
  bindOutbox,
  endpointsAwaited,
  type OutboxRow,
  outboxFailed,
  outboxFiles,
  outboxNames,
  outboxSent,
  queuedAmong,
  queueOutbox,
  queueOutboxes,
  type ToPush,
  type WaitingPlace,
  waitingFor,
  waitingOutbox,
  waitingPlaces,
} from './outbox.js'
export {
  decisionsWithin,
  type ExceptionEventRow,
  exceptionEventsBefore,
  filesWithin,
  importsWithin,
  lastAuditBefore,
  loadDecisionsWithin,
  loadEventsWithin,
  loadsWithin,
  runsWithin,
  type Span,
  sentWithin,
  settingsWithin,
  stepsWithin,
  tombstonesSince,
} from './period-records.js'
export {
  buryDocuments,
  buryExceptions,
  buryFiles,
  buryLoadPlans,
  buryRuns,
  burySettings,
  endedRuns,
  exceptionsChangedSince,
  filesWithInvoicesToCome,
  hashesStillKept,
  isKept,
  keptDocuments,
  keptFiles,
  loadsToConfirm,
  type Purging,
  plannedRemovals,
  planRemovals,
  removalDone,
  sentFiles,
  setTombstones,
  type Tombstone,
  tombstoneOf,
  tombstonesOf,
} from './purge.js'
export { lastResultRows, resultRows, type StoredRow, saveResultRows } from './result-rows.js'
export {
  type DocumentsThen,
  invoicesOfIds,
  invoicesTakenBy,
  nightsBetween,
  readyToRewind,
  rewindDocuments,
  rewindFiles,
} from './rewind.js'
export { keepSettings, keptVersions, runsWithSettings, settingsOf } from './run-settings.js'
export {
  beginRun,
  finishRun,
  hasLaterRun,
  listRuns,
  type RunRow,
  reopenRun,
  saveStep,
  showRun,
  stepOutput,
} from './runs.js'
export type {
  AnswerState,
  Disposition,
  LoadEvent,
  LoadStatus,
  NotificationStatus,
  RunKind,
  RunStatus,
  SuggestionState,
} from './schema.js'
export { shareRunsOf } from './share-runs.js'
export { hashesKept, sealCopy } from './sqlite/sealed-copy.js'
export { type StateText, stateTexts } from './state-texts.js'
export type { Lease, Leases, OpenOptions, State, StateDatabase, StatePlace, StateVersion } from './store.js'
export { markProfile, profileOfStore } from './store-profile.js'
export { gapsOf, type StreamGap, type StreamKey, saveGap, streamAt, streamTook } from './streams.js'
export { decideSuggestion, type NewSuggestion, type Suggestion, saveSuggestions, suggestions } from './suggestions.js'
export {
  type AnsweredGroup,
  acknowledgmentsOf,
  groupsSentSince,
  type JudgedInvoice,
  judgedOfSuppliers,
} from './supplier-measures.js'
export {
  answersToFile,
  confirmationsOf,
  type Delivery,
  decisionsOf,
  deliveriesOfKeys,
  deliveriesOfLoads,
  documentsNaming,
  documentsOfFile,
  documentsOfIds,
  eventsOf,
  exceptionsNaming,
  exceptionsOfDocuments,
  filesOfIds,
  interchangesOfFiles,
  knownFileNames,
  knownKeys,
  knownNumbers,
  loadsOfInvoices,
  loadsOfRowsWith,
  loadsReversing,
  matchedAt,
  resultRowsWith,
  resultsNaming,
  resultsOfInvoices,
  sentSetsOf,
  type TracedDocument,
  type TracedLoadRow,
  type TracedResult,
  type TracedRow,
} from './traces.js'
export { type Unread, unreadFile } from './unread-file.js'
export { type InnerFile, recordUnwrapped, refuseWrapper } from './unwrapped-files.js'
export {
  claimWork,
  type DueWork,
  endWork,
  openWork,
  queueWork,
  renewWork,
  reviveWork,
  type WorkRow,
} from './work.js'
export { saveWorkbookImport, type WorkbookImport, workbookImport } from './workbook-imports.js'
export {
  allWorkers,
  forgetOldWorkers,
  forgetWorker,
  saveWorker,
  type WorkerRow,
  workerSeen,
} from './workers.js'
export {
  NOT_READ,
  type NumbersReceived,
  type ReceivedNumber,
  receivedNumbers,
  takeReceived,
  type UsedBefore,
} from './x12-received.js'
export {
  answerGroup,
  answerInterchange,
  type GroupAnswer,
  keepEarlyAnswer,
  type OverdueAnswer,
  overdueAnswers,
  type SentInterchange,
  saveAllSent,
  saveCopySent,
  saveSent,
} from './x12-sent.js'
