import type { Logger } from 'pino'
import type { SetEngine } from '../canonical/index.js'
import type { SecretReference, Workspace } from '../config/index.js'
import type { Archive, Endpoint } from '../exchange/index.js'
import type { Channel } from '../outputs/notify/index.js'
import type { Lease, State } from '../state/index.js'
import type { Progress } from './progress.js'

/** Everything a use case may use. Made in compose.ts, the only file that knows which adapters exist. */
export interface Tools {
  readonly workspace: Workspace
  readonly state: State
  readonly archive: Archive
  /** Folder of the state: database, archive, loads, reports. */
  readonly folder: string
  /** For temporary files of this process. */
  readonly workFolder: string
  readonly host: string
  readonly version: string
  readonly log: Logger
  readonly progress: Progress
  /** Now as ISO instant, UTC. */
  now(): string
  /** A secret of the settings, masked from then on in every log line. @throws SECRET-MISSING */
  secret(reference: SecretReference): Promise<string>
  /** The endpoint of that name; it connects when it is first used, and stays so to the end of the run. */
  endpoint(name: string): Promise<Endpoint>
  /** A way to reach people, of the settings; closed by whoever opened it. @throws SECRET-MISSING, NotSent */
  channel(name: string): Promise<Channel>
  /** A fresh, empty set engine. */
  openEngine(): Promise<SetEngine>
  takeLease(name: string): Promise<Lease>
  /** A part of what that lease is about; see Leases. @throws RUN-ACTIVE */
  takePart(whole: string, part: string): Promise<Lease>
  close(): Promise<void>
}
