import type { DifferenceKind, FieldCounts, FieldDifference, SideCounts } from '../../match/index.js'

/** A row's lines in its file, 1-based (of a workbook the sheet's rows); of many the first ten. */
export interface RowLines {
  readonly records: readonly number[]
  readonly lines: readonly number[]
  readonly rows: number
}

/** "12, 15", and how many more where not all are listed. */
export const linesText = (place: RowLines | null): string =>
  place === null
    ? ''
    : place.lines.join(', ') + (place.rows > place.lines.length ? ` and ${place.rows - place.lines.length} more` : '')

export interface ShownDifference {
  readonly kind: DifferenceKind
  readonly keys: Readonly<Record<string, string | null>>
  readonly fields: readonly FieldDifference[]
  readonly left: RowLines | null
  readonly right: RowLines | null
}

export interface UnreadRecord {
  readonly line: number
  readonly reason: string
}

/** records = rows + unread; rows = same + within + changed + only + doubled + outside + undated. */
export interface DiffSide extends SideCounts {
  readonly file: string
  readonly delimiter: string
  readonly encoding: string
  readonly contract: string | null
  readonly records: number
  /** Records that cannot be split into the columns of the header, or of the contract. */
  readonly unread: number
  readonly unreadShown: readonly UnreadRecord[]
  readonly notCompared: readonly string[]
}

export interface DiffResult {
  /** Nothing differs and every record was read. */
  readonly alike: boolean
  readonly keys: readonly string[]
  readonly left: DiffSide
  readonly right: DiffSide
  /** How many keys have what became of them. */
  readonly outcomes: Readonly<Record<'same' | 'within' | DifferenceKind, number>>
  readonly fields: readonly FieldCounts[]
  /** The first of each kind, by key. */
  readonly differences: readonly ShownDifference[]
  /** Where all of them were written to. */
  readonly output: string | null
}
