/**
 * Why a record may not become a row: `bad` is true for such a record, over a query that has each file column, cleaned, under the
 * name of `textOf`.
 */
export interface Check {
  /** A column of the file, or several with ' + ' between. */
  readonly column: string
  /** SQL of what is shown as its value, where that is not the text of the column. */
  readonly shown?: string
  readonly code: 'DATA-TYPE' | 'DATA-REQUIRED' | 'DATA-REFERENCE' | 'DATA-PHI'
  readonly reason: string
  readonly bad: string
  /** The record becomes a row all the same, with nothing in these columns of the relation. */
  readonly blanks?: readonly string[]
}
