import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { CompiledQuery, type DatabaseConnection, sql } from 'kysely'
import { MatchbookError } from '../../errors/index.js'
import type { Lease, Leases, StateDatabase } from '../store.js'
import { connect } from './connect.js'
import type { PostgresPlace } from './postgres-place.js'

/** Now, or so many seconds later, by the clock of the server, as the store writes instants. */
export const serverInstant = (later = 0) =>
  sql<string>`to_char((clock_timestamp() + ${later} * interval '1 second') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/**
 * Leases as rows that their holder renews. Whose clock is wrong does not matter: only the server's counts. A holder that was not heard of
 * for the time of a lease has lost it when another takes it, and may write no more; see `fence`.
 */
export class LeaseRows implements Leases {
  readonly #holder = randomUUID()
  readonly #held = new Set<string>()
  /** Of its own: a beat must not wait for a transaction of this process. */
  readonly #database: StateDatabase
  #beat: NodeJS.Timeout | undefined
  /** On the clock that nobody sets: when the store last answered a beat, and the longest that it had not. */
  #heard = 0
  #silence = 0

  constructor(private readonly place: PostgresPlace) {
    this.#database = connect(place)
  }

  async takeLease(name: string): Promise<Lease> {
    // Who is refused does not wait for what is being written to learn it.
    await this.#refuseHeld(name)
    const taken = await this.#database.transaction().execute(async (database) => {
      await database.deleteFrom('leases').where('name', '=', name).where('expires_at', '<', serverInstant()).execute()
      return database
        .insertInto('leases')
        .values({
          name,
          holder: this.#holder,
          host: hostname(),
          pid: process.pid,
          taken_at: serverInstant(),
          expires_at: serverInstant(this.place.leaseSeconds),
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning('name')
        .executeTakeFirst()
    })
    if (taken === undefined) await this.#refuseHeld(name)
    if (this.#held.size === 0) this.#heard = performance.now()
    this.#held.add(name)
    this.#beat ??= setInterval(() => void this.#renew(), (this.place.leaseSeconds * 1000) / 4).unref()
    return { release: () => this.#release(name) }
  }

  /** @throws LEASE-LOST unless everything held is still held. Nobody can take it until the transaction that asks is over. */
  readonly fence = async (connection: DatabaseConnection): Promise<void> => {
    if (this.#held.size === 0) return
    const query = CompiledQuery.raw('select name from leases where holder = $1', [this.#holder])
    const { rows } = await connection.executeQuery<{ name: string }>(query)
    const still = new Set(rows.map(({ name }) => name))
    const lost = [...this.#held].filter((name) => !still.has(name))
    if (lost.length === 0) return
    throw new MatchbookError('LEASE-LOST', `${lost.join(', ')}: another process has taken it over`, {
      facts: { leases: lost.join(', ') },
    })
  }

  async wasAway(): Promise<boolean> {
    if (this.#held.size === 0) return false
    return !(await this.#renew()) || this.#silence > (this.place.leaseSeconds * 1000) / 2
  }

  async close(): Promise<void> {
    clearInterval(this.#beat)
    await this.#database.destroy()
  }

  async #refuseHeld(name: string): Promise<void> {
    const holder = await this.#database
      .selectFrom('leases')
      .select(['host', 'pid', 'taken_at'])
      .where('name', '=', name)
      .where('expires_at', '>=', serverInstant())
      .executeTakeFirst()
    if (holder === undefined) return
    const { host, pid, taken_at } = holder
    const says = `${name} is already running on ${host} (process ${pid}, since ${taken_at})`
    throw new MatchbookError('RUN-ACTIVE', says, { facts: { job: name, host, pid } })
  }

  /** As raw text: it must not wait for the write lock. One beat that fails is made good by the next. @returns whether the store answered */
  async #renew(): Promise<boolean> {
    const said =
      await sql`update leases set expires_at = ${serverInstant(this.place.leaseSeconds)} where holder = ${this.#holder}`
        .execute(this.#database)
        .catch(() => undefined)
    if (said === undefined) return false
    const now = performance.now()
    this.#silence = Math.max(this.#silence, now - this.#heard)
    this.#heard = now
    return true
  }

  async #release(name: string): Promise<void> {
    this.#held.delete(name)
    if (this.#held.size === 0) {
      clearInterval(this.#beat)
      this.#beat = undefined
    }
    // One that cannot be given back runs out.
    await this.#database
      .deleteFrom('leases')
      .where('name', '=', name)
      .where('holder', '=', this.#holder)
      .execute()
      .catch(() => {})
  }
}
