/** An entry of the audit chain: its number and its hash. */
export interface ChainEntry {
  readonly sequence: number
  readonly hash: string
}

/** A list in the pack: `files` becomes files.csv. Cells are exact text. */
export interface EvidenceList {
  readonly name: string
  /** What a row is, for people. */
  readonly says: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | null)[])[]
}

/** What somebody did in the period, by the audit chain. */
export interface Deed {
  readonly who: string
  readonly what: string
  readonly times: number
  readonly first: string
  readonly last: string
}

/** What a vendor or an order lacked. */
export interface Lack {
  readonly who: string
  readonly what: string
  readonly state: string
  /** Exact, in `currency`. */
  readonly amount: string
  readonly currency: string
}

/** What the runs of the period were judged by: a settings file, a contract or a template, as it stood from one run to another. */
export interface SettingInForce {
  readonly name: string
  readonly sha256: string
  readonly firstRun: string
  readonly lastRun: string
}

/** The evidence of one period. The same evidence gives the same bytes: nothing in it says when the pack was made. */
export interface EvidencePack {
  readonly organisation: string
  readonly job: string
  readonly title: string
  readonly period: {
    readonly name: string
    readonly firstDay: string
    readonly lastDay: string
    /** Instants, UTC: from on, and before until. */
    readonly from: string
    readonly until: string
    readonly timezone: string
  }
  readonly chain: {
    /** The entry before the first that is in the pack; all zeros where the chain begins in it. */
    readonly opening: ChainEntry
    readonly closing: ChainEntry
    readonly entries: number
    /** Null: the chain was walked from its first entry, and nothing in it was changed. */
    readonly fault: string | null
  }
  /** The pack of the period before, whose closing entry is the opening of this one. */
  readonly previous: { readonly period: string; readonly sha256: string } | null
  /** What is missing or wrong, in words; none: all that happened is here. */
  readonly gaps: readonly string[]
  /** What the rules of the job found not covered. */
  readonly lacks: readonly Lack[]
  readonly deeds: readonly Deed[]
  readonly settings: readonly SettingInForce[]
  readonly lists: readonly EvidenceList[]
  /** Other files by name: the audit chain, the texts of settings. */
  readonly texts: ReadonlyMap<string, string>
}

/** A file in the pack. */
export interface PackedFile {
  readonly name: string
  readonly sha256: string
  /** Bytes. */
  readonly size: number
  /** Of a list, the header not counted. */
  readonly rows?: number
}
