import type { Kysely } from 'kysely'
import type { PostgresPlace } from './postgres/postgres-place.js'
import type { Tables } from './schema.js'

export type StateDatabase = Kysely<Tables>

/** Where the store is: the folder that its SQLite file is in, or a schema in PostgreSQL. */
export type StatePlace = string | PostgresPlace

/** What only one at a time may hold; see takeLease. */
export interface Lease {
  release(): Promise<void>
}

export interface Leases {
  /**
   * Holds `name` until released or until this process ends, however it ends.
   * @throws RUN-ACTIVE when another holds it
   */
  takeLease(name: string): Promise<Lease>
  close(): Promise<void>
}

export interface State extends Leases {
  readonly database: StateDatabase
  /** File or address, for messages; without secrets. */
  readonly place: string
  /** Now as ISO instant, by the clock that all who share the store have in common. */
  clock(): Promise<string>
}

export interface OpenOptions {
  /** How long to wait for another writer; milliseconds. */
  readonly busyMilliseconds?: number
}
