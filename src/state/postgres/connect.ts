import { Kysely } from 'kysely'
import pg from 'pg'
import { portableQueries } from '../portable-queries.js'
import type { Tables } from '../schema.js'
import { beginSession } from './begin-session.js'
import { connectionOf } from './connection-of.js'
import { SharedDialect, type SharedDialectConfig } from './postgres-dialect.js'
import { type PostgresPlace, sayPlace } from './postgres-place.js'
import { prepareStatements } from './prepared.js'
import { stateError } from './state-error.js'

/**
 * One connection, made when it is first needed and again after it was lost: what a process asks, it asks in order, as with SQLite.
 */
export function connect(place: PostgresPlace, fence: SharedDialectConfig['fence'] = async () => {}): Kysely<Tables> {
  const pool = async () => {
    const created = new pg.Pool({
      ...connectionOf(place),
      max: 1,
      idleTimeoutMillis: 0,
      allowExitOnIdle: true,
      types: { getTypeParser: (oid: number, format?: 'text' | 'binary') => parserOf(oid, format) },
      verify: (client: pg.PoolClient, done: (error?: unknown) => void) =>
        void beginSession(client, place).then(() => done(), done),
    } as pg.PoolConfig)
    // A connection that breaks, at work or not, must not end the process: who asks next is told.
    created.on('error', () => {})
    created.on('connect', (client) => {
      client.on('error', () => {})
      prepareStatements(client)
    })
    return created
  }
  const dialect = new SharedDialect({
    pool,
    fence,
    errorOf: (error) => stateError(error, sayPlace(place)),
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
