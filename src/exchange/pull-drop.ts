import type { ClosingMark } from './ends-closed.js'
import type { TrailerMark } from './ends-with-trailer.js'

/** Where a partner or a system drops files, how a file is known to be whole, and what becomes of it there. */
export interface PullDrop {
  /** Folder at the endpoint. */
  readonly folder: string
  /** Patterns (glob) over the path below the folder; without `recursive` that is the name. */
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  /** Folders below it too. */
  readonly recursive?: boolean
  /** Which file is booked first; a sequence has an order of its own. Names by default. */
  readonly order?: 'name' | 'time'
  /** Size and time must stay the same for so long before a file is taken; nothing is waited for where there are done-files. */
  readonly stableSeconds: number
  /** What the done-file is called, `*` standing for the file's name with or without its extension. */
  readonly done?: string
  /** `x12`: a file is whole when it ends with an IEA segment; or when its last record is this trailer, or this closes it. */
  readonly complete?: 'x12' | TrailerMark | ClosingMark
  /** Pattern over the path below the folder; see stream-place.ts. Files are taken number after number. */
  readonly sequence?: string
  /** A file that is not whole by its content, or waits for an earlier number, is taken all the same after so long. */
  readonly waitHours?: number
  /** Ending that marks a file as ours before it is read; nothing is claimed where files are left. */
  readonly claim?: string
  /** Files of so many bytes and more go on where they broke off. */
  readonly resumeFrom?: number
  /** At the source, once our copy is durable and booked. */
  readonly after: 'leave' | 'remove' | { readonly move: string }
  readonly partner?: string
}

export const DEFAULT_WAIT_HOURS = 24
