/** The first reference of each qualifier (element 128): qualifier -> number. */
export type References = Readonly<Record<string, string>>

/** A REF that `references` has no place for: the second of its qualifier, or one with a description beside its number. */
export interface Reference {
  readonly qualifier: string
  readonly value: string
  /** REF03. */
  readonly description?: string
}
