import type { OldAlgorithmNames } from './algorithms.js'

/** Where and as whom to log in; all values resolved, no references left. */
export interface SftpConnection {
  readonly host: string
  readonly port: number
  readonly username: string
  /** Path of a known_hosts file, or SHA256:... as ssh-keygen -l prints it. */
  readonly hostKey: { readonly knownHosts: string } | { readonly fingerprint: string }
  readonly login:
    | { readonly privateKey: string; readonly passphrase?: string }
    | { readonly password: string }
    | { readonly agentSocket: string }
  /** Offered after the modern ones; without it none. */
  readonly oldAlgorithms?: OldAlgorithmNames
  /** To connect and log in. */
  readonly connectSeconds: number
  /** The server has so long to answer anything while we wait for it. */
  readonly idleSeconds: number
  /** Tries to connect, and tries of a transfer that breaks off. */
  readonly tries: number
  /** Milliseconds before the second try, and at most before any. */
  readonly pause?: number
  readonly longestPause?: number
  /** Bytes a second, all files together; without it as fast as it goes. */
  readonly uploadRate?: number
  /** Whether the server is asked to write what it was sent to its disk, where it can; by default it is. */
  readonly sync?: boolean
  /** New tries altogether, for as long as the endpoint is used. */
  readonly budget?: number
}
