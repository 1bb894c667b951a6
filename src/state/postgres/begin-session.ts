import pg from 'pg'
import { MatchbookError } from '../../errors/index.js'
import { ANSWER, connectionOf } from './connection-of.js'
import { type PostgresPlace, sayPlace } from './postgres-place.js'

/** Seconds. */
const WRITE_LOCK = 120
/** Whoever holds the write lock and says nothing for so long is cut off, so that the others go on. */
const SILENCE = 120
/** A busy pooler may hand out other sessions than those looked for; one that never shares them never does. */
const LOOKS = 5

/**
 * What holds for each statement of a connection, whatever the server, the database or its user have by default.
 * A commit is acknowledged when it is on disk.
 * @throws STATE-REFUSED behind a pooler that gives each transaction another session of the server: what is set here would hold for whoever
 * comes next, the schema too, and their writes would go to our tables
 */
export async function beginSession(client: pg.PoolClient, place: PostgresPlace): Promise<void> {
  const session = [
    `set search_path to "${place.schema}"`,
    `set lock_timeout = '${WRITE_LOCK}s'`,
    `set idle_in_transaction_session_timeout = '${SILENCE}s'`,
    'set tcp_keepalives_idle = 10',
    'set tcp_keepalives_interval = 5',
    'set tcp_keepalives_count = 3',
    // What was sent and is not acknowledged is not looked at by keepalives.
    `set tcp_user_timeout = '25s'`,
    'set synchronous_commit = on',
    // What the database or its user have by default for others: a statement that waits for the write lock is not cut short, a run that reckons
    // for long does not lose its connection, and what a transaction reads after it has the lock is what the last one left.
    `set statement_timeout = '${ANSWER}s'`,
    "select set_config(name, '0', false) from pg_settings where name in ('idle_session_timeout', 'transaction_timeout')",
    "set default_transaction_isolation = 'read committed'",
    'set default_transaction_deferrable = off',
    "set timezone = 'UTC'",
  ].join('; ')
  // Asked for before anything is set: what is set in a session that is shared stays there for others.
  if ((await sessionOf(client)) !== processOf(client)) await assertOwnSession(client, place)
  await client.query(session)
}

/** A pooler gives its clients numbers of its own; without one between it is the server's. */
const processOf = (client: pg.ClientBase): unknown => ('processID' in client ? client.processID : undefined)

/** Number of the server's process that answers. */
async function sessionOf(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ session: number }>('select pg_backend_pid() as session')
  return rows[0]?.session ?? 0
}

/** Each in a transaction of its own at the same time, we and another connection must have sessions that stay ours. */
async function assertOwnSession(client: pg.ClientBase, place: PostgresPlace): Promise<void> {
  const other = new pg.Client(connectionOf(place))
  other.on('error', () => {})
  try {
    await other.connect()
    for (let look = 0; look < LOOKS; look++) {
      const ours = await sessionOf(client)
      await other.query('begin')
      const theirs = await sessionOf(other)
      const still = await sessionOf(client)
      await other.query('rollback')
      if (theirs === ours || still !== ours) throw shared(place)
    }
  } finally {
    await other.end()
  }
}

const shared = (place: PostgresPlace): MatchbookError =>
  new MatchbookError(
    'STATE-REFUSED',
    `${sayPlace(place)}: a pooler gives each transaction another session of the server (PgBouncer: pool_mode transaction or statement)`,
    {
      hint: 'Have the address lead to PostgreSQL itself, or to a pool with pool_mode = session. Nothing was written',
      facts: { place: sayPlace(place) },
    },
  )
