import type { Workspace } from '../config/index.js'
import type { KeptBytes } from '../exchange/index.js'
import type { State } from '../state/index.js'

/** What commands that only look need: no endpoint, no set engine. */
export interface Reading {
  readonly workspace: Workspace
  readonly state: State
  /** State folder, absolute. */
  readonly folder: string
  readonly archive: KeptBytes
  now(): string
}
