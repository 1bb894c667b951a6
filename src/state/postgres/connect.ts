import { CompiledQuery, Kysely } from 'kysely'
import pg from 'pg'
import { portableQueries } from '../portable-queries.js'
import type { Tables } from '../schema.js'
import { SharedDialect, type SharedDialectConfig } from './postgres-dialect.js'
import { type PostgresPlace, sayPlace } from './postgres-place.js'
import { prepareStatements } from './prepared.js'
import { stateError } from './state-error.js'

/** Seconds. */
const CONNECT = 15
/** A query without an answer for so long: the server, or the way to it, is gone. Longer than anyone waits for the write lock. */
const ANSWER = 300
const WRITE_LOCK = 120
/** Whoever holds the write lock and says nothing for so long is cut off, so that the others go on. */
const SILENCE = 120

/**
 * One connection, made when it is first needed and again after it was lost: what a process asks, it asks in order, as with SQLite.
 * A commit is acknowledged when it is on disk, whatever the server's default is. A peer that is gone is noticed within half a minute.
 */
export function connect(place: PostgresPlace, fence: SharedDialectConfig['fence'] = async () => {}): Kysely<Tables> {
  const pool = async () => {
    const created = new pg.Pool({
      connectionString: place.url,
      ...(place.password === undefined ? {} : { password: place.password }),
      max: 1,
      application_name: 'matchbook',
      connectionTimeoutMillis: CONNECT * 1000,
      query_timeout: ANSWER * 1000,
      idleTimeoutMillis: 0,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      allowExitOnIdle: true,
      types: { getTypeParser: (oid: number, format?: 'text' | 'binary') => parserOf(oid, format) },
    } as pg.PoolConfig)
    // A connection that breaks, at work or not, must not end the process: who asks next is told.
    created.on('error', () => {})
    created.on('connect', (client) => {
      client.on('error', () => {})
      prepareStatements(client)
    })
    return created
  }
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
    "set timezone = 'UTC'",
  ].join('; ')
  const dialect = new SharedDialect({
    pool,
    fence,
    errorOf: (error) => stateError(error, sayPlace(place)),
    onCreateConnection: async (connection) => {
      await connection.executeQuery(CompiledQuery.raw(session))
    },
  })
  return new Kysely<Tables>({ dialect, plugins: portableQueries })
}

const BIGINT = 20

/** Whole numbers are numbers here; one that would not be exact is a defect. */
function parserOf(oid: number, format: 'text' | 'binary' | undefined) {
  if (oid !== BIGINT) return pg.types.getTypeParser(oid, format)
  return (text: string) => {
    const number = Number(text)
    if (!Number.isSafeInteger(number)) throw new RangeError(`${text} is no exact number here`)
    return number
  }
}
