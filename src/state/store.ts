import type { Kysely, RawBuilder } from 'kysely'
import type { MatchbookError } from '../errors/index.js'
import type { PostgresPlace } from './postgres/postgres-place.js'
import type { Tables } from './schema.js'

export type StateDatabase = Kysely<Tables>

/** Where the store is: the folder that its SQLite file is in, or a schema in PostgreSQL. */
export type StatePlace = string | PostgresPlace

/** What only one at a time may hold; see takeLease. */
export interface Lease {
  release(): Promise<void>
}

/** The last number that the store gave out in each numbered table: a number is given once, also when its row is gone. */
export type Numbering = Readonly<Record<string, number>>

/** How an engine keeps its numbering. */
export interface NumberKeeper {
  /** `tables`: those that the store has, where it is of an older version. */
  read(database: StateDatabase, tables?: readonly string[]): Promise<Numbering>
  write(database: StateDatabase, numbering: Numbering): Promise<void>
}

export interface Leases {
  /**
   * Holds `name` until released or until this process ends, however it ends.
   * @throws RUN-ACTIVE when another holds it
   */
  takeLease(name: string): Promise<Lease>
  /**
   * Holds one part of what the lease `whole` is about, beside others who hold other parts of it. As long as anybody holds a part nobody
   * gets the whole, and while somebody holds that, nobody gets a part.
   * @throws RUN-ACTIVE when another holds the part or the whole
   */
  takePart(whole: string, part: string): Promise<Lease>
  /**
   * Whether the store has not heard of this process for a good part of its lease, since it took one: then it is this machine that was cut
   * off, and what it found unreachable meanwhile may be up. A store on this machine always hears of it.
   */
  wasAway(): Promise<boolean>
  close(): Promise<void>
}

/** How a store stands to this version. */
export interface StateVersion {
  /** Migrations of a newer version, which only added: their tables and columns are left alone. */
  readonly unknown: readonly string[]
  /** Who of an older version is at work, in words, so that what it needs is not taken away yet. */
  readonly waitsFor: string | undefined
}

export interface State extends Leases {
  readonly version: StateVersion
  readonly database: StateDatabase
  /** File or address, for messages; without secrets. */
  readonly place: string
  readonly numbers: NumberKeeper
  /**
   * A transaction that runs beside others of its kind, where `database.transaction()` has the store to itself. It sees what they commit
   * between two of its statements, so all that it decides by is in its `scopes`: no two of one scope run at once. What it writes beyond
   * them are rows that nobody else writes, and counters and the audit chain, which hold by themselves, taken last and in that order.
   * SQLite has one writer whatever is asked for. See docs/decisions/0007-several-machines.md.
   */
  besideOthers<T>(scopes: readonly string[], work: (database: StateDatabase) => Promise<T>): Promise<T>
  /** What ends a query that picks a row to take: rows that another is just taking are passed over. */
  readonly passingOver: RawBuilder<unknown>
  /**
   * The first thing wrong with the pages of the store, each of which is read; undefined where they are whole, or where the database
   * server watches over its own.
   */
  damage(): Promise<string | undefined>
  /** Now as ISO instant, by the clock that all who share the store have in common. */
  clock(): Promise<string>
  /** Why this is a copy that is thrown away, which only `onlyToLook` allows. */
  readonly notWritable?: MatchbookError
}

export interface OpenOptions {
  /** How long to wait for another writer; milliseconds. */
  readonly busyMilliseconds?: number
  /** Also a store that was given up for another place: only to move it. */
  readonly evenMoved?: boolean
  /** A store may be begun there whatever lies beside it: one is moved or copied there. */
  readonly movedHere?: boolean
  /** The file which says that there was a store: none is begun. */
  readonly known?: string | undefined
  /** Nothing will be written: where nothing can be (a full disk, a folder of others), a copy will do. */
  readonly onlyToLook?: boolean
}
