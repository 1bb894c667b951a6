/** Encodings in which a file can be read as it stands. */
export const plainEncodings = ['utf-8', 'windows-1252', 'iso-8859-1', 'iso-8859-15'] as const

/** How a delimited file is written. A quote inside a quoted value is doubled; a quoted value may hold newlines. */
export interface Dialect {
  /** 1 to 4 characters. */
  readonly delimiter: string
  /** One character, or empty for none. */
  readonly quote: string
  readonly encoding: (typeof plainEncodings)[number]
  /** The first record (after the marker record, if there is one) names the columns. */
  readonly header: boolean
  /** Of a file whose values stand at fixed places: those of a data record. Delimiter and quote then mean nothing. */
  readonly fixed?: FixedPlaces
  /** So many records stand before all others and say nothing: titles of a report. */
  readonly skip?: number
  /** First value of a control record before the data; of fixed places, how it begins. */
  readonly headerMarker?: string
  /** First value of the control record that ends the file. */
  readonly trailerMarker?: string
}

/** Places in characters: from `start` (0-based) up to `end`, without it. */
export interface FixedPlaces {
  readonly places: readonly { readonly start: number; readonly end: number }[]
  /** Every data record has so many characters; undefined: spaces at its end may be left out. */
  readonly length?: number
}

/** Control and header records before the first data record. */
export const recordsBeforeData = (dialect: Dialect): number =>
  (dialect.skip ?? 0) + (dialect.headerMarker === undefined ? 0 : 1) + (dialect.header ? 1 : 0)
