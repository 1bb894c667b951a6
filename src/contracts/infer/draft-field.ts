/** What becomes of a canonical field, as YAML, with what a person should know of it. */
export interface DraftField {
  readonly field: string
  /** YAML of the source: a column, or a flow map. */
  readonly source: Readonly<Record<string, unknown>> | string
  readonly remarks: readonly string[]
}
