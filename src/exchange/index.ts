// The adapters, sftp/ and local/, are not here: app/compose.ts imports each when it is first used.
export { type Archive, openArchive } from './archive.js'
export type { Archived, ArchiveWriter } from './archive-writer.js'
export type { Endpoint, RemoteEntry } from './endpoint.js'
export type { Skipped } from './look-into.js'
export { makeFolder } from './make-folder.js'
export { type PullFailure, type PullOptions, type PullResult, pullDrop } from './pull.js'
export type { PullDrop, PullLedger, TakenFile } from './pull-ledger.js'
export { type PushItem, pushFile } from './push.js'
