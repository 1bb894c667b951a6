import type pg from 'pg'
import type { PostgresPlace } from './postgres-place.js'

/** Seconds. */
const CONNECT = 15
/** A query without an answer for so long: the server, or the way to it, is gone. Longer than anyone waits for the write lock. */
export const ANSWER = 300

/** How a connection is made and when it counts as lost. A peer that is gone is noticed within half a minute. */
export function connectionOf(place: PostgresPlace): pg.ClientConfig {
  return {
    connectionString: withPassword(place),
    application_name: 'matchbook',
    connectionTimeoutMillis: CONNECT * 1000,
    query_timeout: ANSWER * 1000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  }
}

/** pg heeds no password beside an address, only one in it; as a parameter it may be in any form of address. */
function withPassword({ url, password }: PostgresPlace): string {
  if (password === undefined) return url
  return `${url}${url.includes('?') ? '&' : '?'}password=${encodeURIComponent(password)}`
}
