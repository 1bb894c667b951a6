/** How a column of the file differs from what the contract says. */
export interface ColumnDrift {
  readonly kind: 'missing' | 'new' | 'moved' | 'retyped'
  readonly column: string
  /** The file is not used while it is so. */
  readonly harmful: boolean
  /** A clause for people. */
  readonly said: string
}
