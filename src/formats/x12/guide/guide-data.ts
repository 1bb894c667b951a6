/**
 * How guides are written down in the JSON files beside this one: the tables and the dictionary of the standard, in its own order.
 * Version 004010 is whole; 005010 holds its own tables, and of the dictionary what differs from 004010. Relational conditions and
 * mandatory elements of 005010 are those of 004010 except in the segments listed, and its codes are checked only where the list is
 * known whole: where nothing certain is known of 005010 the guide rather lets a value pass. 997, 999 and TA1 are exact.
 */

/** A transaction set's table of segments, without ST and SE: `850.json`. */
export interface SetData {
  readonly set: string
  readonly name: string
  /** GS01 that carries it. */
  readonly group?: string
  readonly table: readonly TableEntry[]
  /** What stood before version 003030 where this entry stands, by how it is written (a loop: its first). Either may come, and need not. */
  readonly before003030?: Readonly<Record<string, TableEntry>>
}

/**
 * A segment, as `BEG!`, `PER 3`, `REF *` or `PO1! 100000`: its id, `!` where it is mandatory, and how often it may stand there
 * (once where nothing is said, `*` without limit). A list is a loop: its first entry opens it and says how often it may come again.
 */
export type TableEntry = string | readonly TableEntry[]

/** `segments.json`: segments and composites by id. */
export type SegmentsData = Readonly<Record<string, SegmentData>>

export interface SegmentData {
  /** Numbers of data elements and composites in order; `!` mandatory, `*5` may be repeated five times. */
  readonly elements: string
  /** Relational conditions as the standard writes them: `P0304 C0605`. */
  readonly conditions?: string
}

/**
 * `elements.json`: `ID 2 2 unit of measure`: type, shortest and longest length, and a name for messages where there is one. An
 * element whose number in the dictionary is not known has one that begins with `?`.
 */
export type ElementsData = Readonly<Record<string, string>>

/** `codes.json`: the codes of the elements whose codes are checked, apart by spaces; `A[0-9A-C]` stands for A0 to A9, AA, AB and AC. */
export type CodesData = Readonly<Record<string, string>>

export interface Dictionary {
  readonly segments: SegmentsData
  readonly elements: ElementsData
  readonly codes: CodesData
  readonly segmentIds: string
}
