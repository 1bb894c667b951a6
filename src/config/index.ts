export type { CatalogEntry } from './catalog.js'
export type { MatcherNeeds } from './checks/check-job.js'
export { effectiveSettings } from './effective-settings.js'
export type { ExtractColumn, ExtractContract, Projection, TextContract, Trailer } from './extract-contract.js'
export { findWorkspace, workspaceFile } from './find-workspace.js'
export type {
  ChangeFiles,
  Drop,
  ExtractInput,
  JobInput,
  JobLoad,
  JobSettings,
  LoadResultsInput,
  MatcherName,
  Unwrap,
  X12Input,
} from './job.js'
export type { JsonSchema } from './json-schema.js'
export { jsonSchemas } from './json-schemas.js'
export { loadContract, loadLoadTemplate } from './load-named.js'
export { loadProfiles } from './load-profiles.js'
export type { LoadColumn, LoadTemplate } from './load-template.js'
export { type LoadOptions, loadWorkspace, type Workspace } from './load-workspace.js'
export type { ReconcileSettings } from './matchers/reconcile.js'
export type { ChannelSettings, EmailChannel, FileChannel, NotifySettings, WebhookChannel } from './notify.js'
export { allowedOld, type OldAlgorithms } from './old-algorithms.js'
export type { PartnerGuide } from './partner-guide.js'
export { formatProblems, type Problem } from './problem.js'
export type { ProfileName } from './profile-overlay.js'
export { Redactor } from './redactor.js'
export { type Hold, type Retention, type RetentionClass, retentionClasses } from './retention.js'
export { type Role, Roles } from './roles.js'
export { addShippedJobs, scaffoldWorkspace } from './scaffold/scaffold-workspace.js'
export { shippedFiles, shippedJobs } from './scaffold/shipped-files.js'
export type { SecretReference } from './scalars.js'
export type { Expected, Schedule } from './schedule.js'
export { resolveSecret, sayReference } from './secrets.js'
export { sourcesBelow } from './setting-sources.js'
export type { SettingsFile } from './settings-file.js'
export { settingsReference } from './settings-reference.js'
export { allSettings, contractFile, type SettingsText, settingsOfJob, settingsText } from './settings-texts.js'
export { dealOut, groupOwners, ownerOf, type SharedDrop } from './shares.js'
export { databaseMistake, schemaName } from './state.js'
export type { Telemetry } from './telemetry.js'
export {
  parseToleranceChange,
  readToleranceOverlay,
  stillHold,
  type ToleranceChange,
  toleranceWords,
  withChanges,
} from './tolerance-overlay.js'
export { type Verb, verbNames, verbs } from './verbs.js'
export type {
  Calendar,
  EndpointSettings,
  LocalEndpoint,
  Partner,
  PartnerX12,
  Queue,
  SftpEndpoint,
  Tolerance,
  WorkspaceSettings,
} from './workspace.js'
export { workspaceAsOf } from './workspace-as-of.js'
