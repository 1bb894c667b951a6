import type { Finding, RelationName } from '../canonical/index.js'
import type { ExtractContract } from '../config/extract-contract.js'
import type { ColumnDrift } from './column-drift.js'

export interface ExtractFile {
  /** Place in the night's list of input files: `source_file` of every row. */
  readonly index: number
  /** Where the bytes are. */
  readonly path: string
  /** What people call it. */
  readonly name: string
  readonly sha256: string
  /** Which part of the extract it is, where that comes in several files. */
  readonly part?: string
  /** It holds changes alone: of several records of one key the last counts. */
  readonly changes?: boolean
}

/** Files of another contract that records take values from. They passed their own check. */
export interface OtherFiles {
  readonly contract: ExtractContract
  readonly paths: readonly string[]
}

/** By contract. */
export type LookedUpFiles = ReadonlyMap<string, OtherFiles>

export interface CheckOptions {
  /** Of findings that carry no amount; default USD. */
  readonly currency?: string
  /** Day that effective-dated records are read for, yyyy-MM-dd; without it the latest of all count. */
  readonly asOf?: string
  /** What its contract looks up in; without it nothing is projected, and the file is checked alone. */
  readonly lookUps?: LookedUpFiles
  /** For copies of files that must be transcoded; default the system's. */
  readonly tempFolder?: string
}

/** A sum the trailer declares, beside the same sum over the records. */
export interface ControlSum {
  readonly column: string
  readonly declared: string
  readonly read: string
  /** Records whose value could not be read; when there are any, the sums cannot be held against each other. */
  readonly unreadable: number
}

/**
 * What became of an extract. Records = accepted + rejected, always; of a file that is not usable every record counts as rejected and
 * nothing is in the relations. Each rejected record of a usable file has its rows in table `reject` (see reject-table.ts).
 */
export interface ExtractCheck {
  readonly contract: string
  readonly file: ExtractFile
  readonly usable: boolean
  readonly records: number
  readonly accepted: number
  readonly rejected: number
  readonly sums: readonly ControlSum[]
  /** Rows that went into each relation. */
  readonly rows: Readonly<Partial<Record<RelationName, number>>>
  readonly findings: readonly Finding[]
  /** How its columns differ from the contract's. */
  readonly drift: readonly ColumnDrift[]
}
