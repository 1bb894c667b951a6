/** A file that was in a wrapper; its bytes are in the archive. */
export interface Inner {
  /** As the wrapper says, or the wrapper's own name without its last ending. */
  readonly name: string
  /** Hex. */
  readonly sha256: string
  /** Bytes. */
  readonly size: number
  readonly archivePath: string
}

/** What came out of a wrapper: all of its files, or the reason why none of them is used. */
export type Unwrapped =
  | {
      readonly kind: 'files'
      readonly files: readonly Inner[]
      /** Names of files in a zip that were not asked for. */
      readonly others: readonly string[]
    }
  | { readonly kind: 'refused'; readonly reason: string }
