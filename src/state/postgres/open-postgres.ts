import { sql } from 'kysely'
import { MatchbookError } from '../../errors/index.js'
import { migrate } from '../migrate.js'
import { assertNotMoved } from '../moved.js'
import type { Leases, OpenOptions, State, StateDatabase } from '../store.js'
import { assertNothingBefore } from '../store-missing.js'
import { connect } from './connect.js'
import { LeaseRows, serverInstant } from './lease-rows.js'
import { postgresNumbers } from './postgres-numbers.js'
import { type PostgresPlace, sayPlace } from './postgres-place.js'
import { stateError } from './state-error.js'

export async function openPostgres(place: PostgresPlace, options: OpenOptions = {}): Promise<State> {
  const leases = new LeaseRows(place)
  const database = connect(place, leases.fence)
  const store: Omit<State, 'version'> = {
    database,
    place: sayPlace(place),
    numbers: postgresNumbers,
    // The driver knows such a transaction by the level, which is the server's own default.
    besideOthers: (scopes, work) =>
      database
        .transaction()
        .setIsolationLevel('read committed')
        .execute(async (transaction) => {
          await holdScopes(transaction, scopes)
          return work(transaction)
        }),
    passingOver: sql`for update skip locked`,
    clock: async () => {
      const { rows } = await sql<{ at: string }>`select ${serverInstant()} as at`.execute(database)
      return rows[0]?.at ?? ''
    },
    takeLease: (name) => leases.takeLease(name),
    takePart: (whole, part) => leases.takePart(whole, part),
    damage: async () => undefined,
    wasAway: () => leases.wasAway(),
    close: async () => {
      await Promise.all([database.destroy(), leases.close()])
    },
  }
  try {
    await assertUnicode(place)
    const version = await migrate(store, {
      schema: place.schema,
      mayBegin: () => options.movedHere === true || assertNothingBefore(place.folder, sayPlace(place), options.known),
      // The copy is a SQLite file: what makes it is loaded when there is one to make.
      keepCopy: async (from, done) =>
        (await import('./before-upgrade.js')).keepPostgresBeforeUpgrade(database, place.folder, from, done),
    })
    if (options.evenMoved !== true) await assertNotMoved(database, sayPlace(place))
    return { ...store, version }
  } catch (error) {
    await store.close()
    throw stateError(error, sayPlace(place))
  }

  async function assertUnicode({ schema }: PostgresPlace): Promise<void> {
    const { rows } = await sql<{ server_encoding: string }>`show server_encoding`.execute(database)
    const encoding = rows[0]?.server_encoding
    if (encoding === 'UTF8') return
    throw new MatchbookError('STATE-REFUSED', `the database of schema ${schema} has the encoding ${encoding}, not UTF8`)
  }
}

/** All at once, in one order for everybody: no two can hold what the other waits for. Held to the end of the transaction. */
async function holdScopes(database: StateDatabase, scopes: readonly string[]): Promise<void> {
  if (scopes.length === 0) return
  await sql`select pg_advisory_xact_lock(key) from (
    select distinct hashtextextended('matchbook scope ' || current_schema() || ' ' || scope, 0) as key
      from unnest(${scopes}::text[]) as scope order by key) as keys`.execute(database)
}

/** The tables are made first where there are none. */
export async function openPostgresLeases(place: PostgresPlace, options: OpenOptions): Promise<Leases> {
  const { database: _, ...leases } = await openPostgres(place, options)
  return leases
}
