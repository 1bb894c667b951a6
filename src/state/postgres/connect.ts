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
      connectionString: withPassword(place),
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
    // What the database or its user have by default for others: a statement that waits for the write lock is not cut short, a run that reckons
    // for long does not lose its connection, and what a transaction reads after it has the lock is what the last one left.
    `set statement_timeout = '${ANSWER}s'`,
    "select set_config(name, '0', false) from pg_settings where name in ('idle_session_timeout', 'transaction_timeout')",
    "set default_transaction_isolation = 'read committed'",
    'set default_transaction_deferrable = off',
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

/** pg heeds no password beside an address, only one in it; as a parameter it may be in any form of address. */
function withPassword({ url, password }: PostgresPlace): string {
  if (password === undefined) return url
  return `${url}${url.includes('?') ? '&' : '?'}password=${encodeURIComponent(password)}`
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
