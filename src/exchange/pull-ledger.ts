import type { NumberedName } from './stream-place.js'
import type { Skipped } from './walk.js'

/** A file whose bytes are in the archive. */
export interface TakenFile {
  readonly endpoint: string
  /** The folder it lay in. */
  readonly folder: string
  readonly name: string
  /** Folder and name at the endpoint. */
  readonly path: string
  /** Bytes. */
  readonly size: number
  /** Last modification at the source, ISO instant of whole seconds. */
  readonly modified: string
  /** Hex. */
  readonly sha256: string
  readonly archivePath: string
  /** ISO instant. */
  readonly takenAt: string
  readonly partner?: string
}

/** A file at its source. */
export interface Looks {
  /** Folder and name at the endpoint. */
  readonly path: string
  readonly size: number
  /** ISO instant of whole seconds. */
  readonly modified: string
}

/** Numbers of a stream that have not come although a later one has. */
export interface Missing {
  readonly stream: string
  readonly first: number
  readonly last: number
  /** What their names would be, going by the file that came. */
  readonly naming: NumberedName
  /** The file that came. */
  readonly shownBy: string
}

/** What the pulls of one drop remember, durable when a method returns. */
export interface PullLedger {
  /**
   * What is known of each file by its place and looks: `new`, `taken` (recorded, and what is to become of it at the source not
   * yet done), or `settled`. With another size or time it is new.
   */
  seen(endpoint: string, files: readonly Looks[]): Promise<readonly ('new' | 'taken' | 'settled')[]>
  /**
   * Books files in this order, their bytes being safe; each is a `duplicate` when the same bytes were booked before. All of them or,
   * when it fails, none.
   */
  record(files: readonly TakenFile[]): Promise<readonly ('new' | 'duplicate')[]>
  /** What was to become of them at the source is done. */
  settled(endpoint: string, paths: readonly string[]): Promise<void>
  /**
   * All that `work` does to the ledger it is given is durable when this returns, or nothing of it is. Meanwhile no other pull books files
   * that lie where these `paths` do.
   */
  together<T>(paths: readonly string[], work: (ledger: PullLedger) => Promise<T>): Promise<T>

  /** What the last pull of this drop left where it was, by name, and since when (ISO) it lies there as it is. */
  leftBehind(): Promise<
    ReadonlyMap<string, { readonly since: string; readonly size?: number; readonly modified?: string }>
  >
  /** What this pull leaves, in place of what earlier ones did; what looks as it did keeps its time. */
  leave(skipped: readonly Skipped[]): Promise<void>

  /** The number a stream of the drop has come to; undefined before its first file. */
  streamAt(stream: string): Promise<number | undefined>
  /** `number` has been taken and the stream now stands at `at`; the number is not missing any more. */
  streamTook(stream: string, number: number, at: number): Promise<void>
  streamMisses(missing: Missing): Promise<void>
}
