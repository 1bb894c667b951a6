/** How a delimited file is written. A quote inside a quoted value is doubled; a quoted value may hold newlines. */
export interface Dialect {
  /** 1 to 4 characters. */
  readonly delimiter: string
  /** One character, or empty for none. */
  readonly quote: string
  readonly encoding: 'utf-8' | 'windows-1252'
  /** The first record (after the marker record, if there is one) names the columns. */
  readonly header: boolean
  /** First value of a control record before all others. */
  readonly headerMarker?: string
  /** First value of the control record that ends the file. */
  readonly trailerMarker?: string
}

/** Control and header records before the first data record. */
export const recordsBeforeData = (dialect: Dialect): number =>
  (dialect.headerMarker === undefined ? 0 : 1) + (dialect.header ? 1 : 0)
