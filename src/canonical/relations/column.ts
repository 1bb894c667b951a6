export type ColumnKind = 'text' | 'quantity' | 'price' | 'amount' | 'factor' | 'hours' | 'integer' | 'date' | 'flag'

export interface RelationColumn {
  readonly kind: ColumnKind
  /** A row without it is rejected (DATA-REQUIRED). */
  readonly required: boolean
  readonly means: string
  /** The only texts there are; another one is a code of the file that nobody translated. */
  readonly oneOf?: readonly string[]
  /** Running text for people. No rule keys or computes with it, so a record is of use without it. */
  readonly isNote?: true
}

/** Relation -> column -> what it is. */
export type RelationColumns = Readonly<Record<string, Readonly<Record<string, RelationColumn>>>>

/** The one place where canonical kinds meet DuckDB types. All exact: never DOUBLE. */
export const sqlType: Readonly<Record<ColumnKind, string>> = {
  text: 'VARCHAR',
  quantity: 'DECIMAL(18,4)',
  price: 'DECIMAL(18,6)',
  amount: 'DECIMAL(18,2)',
  factor: 'DECIMAL(12,4)',
  // A minute is no finite decimal of an hour: with so many, sums to four are right for thousands of entries.
  hours: 'DECIMAL(18,8)',
  integer: 'INTEGER',
  date: 'DATE',
  flag: 'BOOLEAN',
}

/** The same column, for texts of a closed list. */
export const oneOf = (column: RelationColumn, ...texts: readonly string[]): RelationColumn => ({
  ...column,
  oneOf: texts,
})

export const must = (kind: ColumnKind, means: string): RelationColumn => ({ kind, required: true, means })
export const may = (kind: ColumnKind, means: string): RelationColumn => ({ kind, required: false, means })
export const note = (means: string): RelationColumn => ({ kind: 'text', required: false, means, isNote: true })
