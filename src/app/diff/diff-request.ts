/** What is asked for, as people write it. A column that has another name in the second file is written LEFT=RIGHT. */
export interface DiffRequest {
  readonly left: string
  readonly right: string
  readonly keys: readonly string[]
  /** Without it every column that both have and that is no key. */
  readonly compare: readonly string[] | undefined
  readonly ignore: readonly string[]
  /** COLUMN=TOLERANCE. */
  readonly tolerances: readonly string[]
  /** Columns that are summed by key, on both sides. */
  readonly sum: readonly string[]
  /** FROM:TO, columns of the window in which a row is in force. */
  readonly window: string | undefined
  /** yyyy-MM-dd. */
  readonly inForce: string | undefined
  /** One for both files, or one for each: a YAML file, or a name in templates/extracts. */
  readonly contracts: readonly string[]
  readonly delimiter: string | undefined
  readonly encoding: 'utf-8' | 'windows-1252' | undefined
  /** The first record names the columns; without a header they are called 1, 2, 3. */
  readonly header: boolean
  /** Differences of each kind that are shown. */
  readonly limit: number
  /** Every difference goes here: .csv or .xlsx. */
  readonly output: string | undefined
  readonly workspace: string | undefined
}
