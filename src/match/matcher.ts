import type { ColumnKind, RelationName } from '../canonical/index.js'

/** What a column of a result table holds; money is shown in the row's currency. */
export interface ResultColumn {
  /** As in SQL, and as load templates name it. */
  readonly name: string
  /** As the workbook heads it. */
  readonly header: string
  readonly kind: ColumnKind
  /** Of the column on the sheet, in characters. */
  readonly width?: number
}

/**
 * A table that the rules leave behind, row for row what people read on a sheet of the workbook or what goes into a load, or both. In the
 * engine it has the columns named here and, where it may be loaded, those of `Loadable`.
 */
export interface ResultTable {
  /** Name in SQL; with hyphens for underscores it is what a load template's `rows` says. */
  readonly name: string
  /** Sheet of the workbook; a table without one is for loads alone. */
  readonly sheet?: string
  /** What the sheet is for, shown under its title. */
  readonly explains?: string
  readonly columns: readonly ResultColumn[]
  /** Columns that identify a row, the order of the table too. */
  readonly key: readonly string[]
  readonly load?: Loadable
  /** The rules find its rows again in the next run, in the relation `remembered`. */
  readonly remembered?: true
}

/**
 * Rows that may be written to the ERP. Each is written once as long as the ERP does not show it: it is proposed by the rules each night
 * until an extract says otherwise. `needs_code`, `needs_keys` (JSON as in findings) and `needs_decisions` (separated by commas) name an
 * exception that must have been decided in one of these ways before the row goes out; NULL where nothing holds it.
 */
export interface Loadable {
  /** Column with the company, for values that differ by company. */
  readonly company?: string
  /** Column with the money that the row moves. */
  readonly amount?: string
  /** Rows that agree in these columns go out as one, which has each other column from the row that fills it. */
  readonly oneFor?: readonly string[]
  /**
   * A row is the same as long as its key is, whatever else it says by now: what was ordered yesterday is not ordered again because
   * the shelf is emptier today. Without it a row that says something else is another row.
   */
  readonly byKey?: boolean
  /** What the ERP has where the row is to go, so that people see what a load changes and a load can be taken back. */
  readonly has?: AlreadyThere
  /** Column -> column of the same row with what the ERP has in its place. */
  readonly was?: Readonly<Record<string, string>>
}

/** The record of an extract that a row changes; a row that finds none is a new one there. */
export interface AlreadyThere {
  readonly relation: RelationName
  /** Column of the relation -> column of the row that it equals. */
  readonly on: Readonly<Record<string, string>>
  /** Columns that both have, by the same name. */
  readonly fields: readonly string[]
}

export interface Rule {
  readonly name: string
  readonly sql: string
}

/** The kinds of X12 documents a matcher compares, by the name their canonical document has. */
export type MatchedDocument =
  | 'invoice'
  | 'acknowledgment'
  | 'purchase-order'
  | 'ship-notice'
  | 'price-catalog'
  | 'order-change'
  | 'order-change-acknowledgment'

/**
 * A workflow's comparison: rules in SQL, in order, over the canonical relations. They write `finding`, `control_total` and `outcome`
 * (see output.sql) and the result tables declared here. What can be set for it stands in config/matchers and is there as the one row
 * of the table `night`, a column a setting.
 */
export interface Matcher {
  readonly name: string
  /** Relations that some input must fill, or there is nothing to compare. */
  readonly needs: readonly RelationName[]
  /** X12 sets that some input must take. */
  readonly needsSets?: readonly string[]
  /** Documents it compares. */
  readonly documents: readonly MatchedDocument[]
  readonly rules: readonly Rule[]
  /** What it says is of one period, the one row of its table `period`, and exceptions of others stay as they are. */
  readonly ofOnePeriod?: true
  readonly tables: readonly ResultTable[]
}
