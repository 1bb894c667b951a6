/** A schema of a PostgreSQL database, and how to get there. */
export interface PostgresPlace {
  /** postgres://USER@HOST:PORT/DATABASE with the options of libpq; no password. */
  readonly url: string
  readonly password: string | undefined
  /** All tables are in it; each workspace has its own. */
  readonly schema: string
  /** The state folder: a copy of the store is kept there before it is brought forward. */
  readonly folder: string
  /** A lease whose holder has not been heard of for so long is free. */
  readonly leaseSeconds: number
}

/** For messages. */
export const sayPlace = ({ url, schema }: PostgresPlace): string => `${url} schema ${schema}`
