/** One field of one difference, as a file of differences has it. Texts as they were compared; null is an empty cell. */
export interface DifferenceRow {
  readonly difference: string
  /** In the order of the keys. */
  readonly keys: readonly (string | null)[]
  /** Null where the whole row is the difference. */
  readonly field: string | null
  readonly left: string | null
  readonly right: string | null
  readonly distance: string | null
  readonly tolerance: string | null
  readonly verdict: string | null
  readonly leftLines: string
  readonly rightLines: string
}

export interface DifferenceFile {
  readonly left: string
  readonly right: string
  readonly keys: readonly string[]
  readonly rows: AsyncIterable<DifferenceRow>
}
