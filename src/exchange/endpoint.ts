import type { Writable } from 'node:stream'
import type { Retry } from './retry/retry.js'

/** One entry of a remote folder. Only regular files are ever taken. */
export interface RemoteEntry {
  readonly name: string
  readonly size: number
  /** Last modification, whole seconds since 1970. */
  readonly modified: number
  readonly kind: 'file' | 'folder' | 'link' | 'other'
  /** Why the entry must not be touched, for example a name that leads elsewhere; its kind is then `other`. */
  readonly refused?: string
}

/**
 * A place where files are exchanged. Every implementation passes test/exchange/endpoint-contract.ts.
 * Failures are MatchbookErrors classed by what to do: HOST-KEY-*, ALGORITHMS-REFUSED, LOGIN-REFUSED, CONNECT-FAILED, TRANSFER-FAILED,
 * REMOTE-PERMISSION, REMOTE-MISSING, REMOTE-FULL.
 */
export interface Endpoint {
  readonly name: string
  /** How what broke off is tried again, before the endpoint is given up for this run. */
  readonly retry: Retry
  /** Opens what there is to open, as often as its retry allows; does nothing while open, opens anew after a break. */
  connect(): Promise<void>
  /**
   * Whether the server is known to work off requests in the order in which they are made, also when none waits for the answer to
   * another. Asked when connected.
   */
  worksInOrder(): boolean
  list(folder: string): Promise<readonly RemoteEntry[]>
  stat(path: string): Promise<RemoteEntry | undefined>
  /**
   * Copies the file's bytes into `sink` (not ended here). The size and time before and after must agree and all bytes must
   * have come, else TRANSFER-FAILED: a file that is being written is never taken for whole. `from`: the offset of the first byte
   * that is wanted; the size is that of the whole file all the same. `listed`: how the file looked when it was listed, a regular file;
   * it must look so still, and is not looked at once more before it is read.
   */
  get(path: string, sink: Writable, from?: number, listed?: RemoteEntry): Promise<{ readonly size: number }>
  /** Writes a local file under exactly this name, every write checked, size verified. */
  put(localFile: string, path: string): Promise<void>
  /** Atomic where the server can; replaces an existing target of the same name. */
  rename(from: string, to: string): Promise<void>
  remove(path: string): Promise<void>
  /** Makes the folder and those above it; no error if it exists. */
  makeFolder(folder: string): Promise<void>
  close(): Promise<void>
}
