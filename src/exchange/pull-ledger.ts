/** Where a partner or a system drops files, and what becomes of them there. */
export interface PullDrop {
  /** Folder at the endpoint. */
  readonly folder: string
  /** File name patterns (glob). */
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  /** Size and time must stay the same for so long before a file is taken. */
  readonly stableSeconds: number
  /** At the source, once our copy is durable and booked. */
  readonly after: 'leave' | 'remove' | { readonly move: string }
  readonly partner?: string
}

/** A file whose bytes are in the archive. */
export interface TakenFile {
  readonly endpoint: string
  readonly folder: string
  readonly name: string
  /** Folder and name at the endpoint. */
  readonly path: string
  /** Bytes. */
  readonly size: number
  /** Last modification at the source, ISO instant of whole seconds. */
  readonly modified: string
  /** Hex. */
  readonly sha256: string
  readonly archivePath: string
  /** ISO instant. */
  readonly takenAt: string
  readonly partner?: string
}

/** What pulls remember, durable when a method returns. */
export interface PullLedger {
  /**
   * What is known of a file by its place and looks: `new`, `taken` (recorded, and what is to become of it at the source not
   * yet done), or `settled`. With another size or time it is new.
   */
  seen(
    endpoint: string,
    path: string,
    looks: { readonly size: number; readonly modified: string },
  ): Promise<'new' | 'taken' | 'settled'>
  /** Books the file, its bytes being safe; `duplicate` when the same bytes were booked before. */
  record(file: TakenFile): Promise<'new' | 'duplicate'>
  /** What was to become of it at the source is done. */
  settled(endpoint: string, path: string): Promise<void>
}
