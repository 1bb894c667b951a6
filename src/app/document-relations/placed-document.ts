import type { DocumentOfFile } from '../../state/index.js'

/** A stored document with its place in the run's list of files. */
export interface PlacedDocument {
  readonly row: DocumentOfFile
  readonly fileIndex: number
  /** Loaded in an earlier run: it counts towards what is billed, and is not judged again. */
  readonly loaded: boolean
  /** Somebody decided that it repeats no other invoice. */
  readonly noDuplicate?: boolean
}

/** A line number without the leading zeros that some systems write. */
export const bare = (number: string | undefined): string | undefined => number?.replace(/^0+(?=.)/, '')
