import type { Endpoint } from './endpoint.js'

/** An endpoint, and what only the doctor asks of it. */
export interface Examined {
  readonly endpoint: Endpoint
  /** Why the server would be refused whatever key it shows: none is pinned. */
  readonly unpinned?: string
  /** Old algorithms that the connection came to use, as `kind name`; to be asked when it is connected. */
  oldAlgorithms(): readonly string[]
  /** Free space where the folder lies, in bytes; undefined where the server does not tell. */
  freeBytes(folder: string): Promise<bigint | undefined>
}
