/** A file that values of the night come from; rules name it by its place in the run's list. */
export interface SourceFile {
  readonly name: string
  readonly sha256: string
}
