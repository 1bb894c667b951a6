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

/** How the holder of a whole begins that is held in parts. */
const PARTS = 'parts '

/**
 * Leases as rows that their holder renews. Whose clock is wrong does not matter: only the server's counts. A holder that was not heard of
 * for the time of a lease has lost it when another takes it, and may write no more; see `fence`.
 */
export class LeaseRows implements Leases {
  readonly #holder = randomUUID()
  /** By name, with the holder that its row says: we, or all who hold parts of it. */
  readonly #held = new Map<string, string>()
  /** Of its own: a beat must not wait for a transaction of this process. */
  readonly #database: StateDatabase
  /** How many parts we hold, by the whole. */
  readonly #parts = new Map<string, number>()
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
    const taken = await this.#database.transaction().execute((database) => this.#insert(database, name))
    if (!taken) await this.#refuseHeld(name)
    this.#hold([[name, this.#holder]])
    return { release: () => this.#release(name) }
  }

  /**
   * The row of the whole is held by all who hold parts, under a name that the first of them gives it, and goes with the last. Who knows of
   * no parts finds it taken. When it has run out and was another's in between it has a new name: those who were silent meanwhile have lost it.
   */
  async takePart(whole: string, part: string): Promise<Lease> {
    const name = `${whole}.${part}`
    await this.#refuseHeld(name)
    const shared = await this.#database.transaction().execute(async (database) => {
      await this.#deleteExpired(database, whole)
      const row = { ...this.#row(whole), holder: `${PARTS}${randomUUID()}` }
      const joined = await database
        .insertInto('leases')
        .values(row)
        .onConflict((conflict) =>
          conflict
            .column('name')
            .doUpdateSet({ expires_at: row.expires_at })
            .where('leases.holder', 'like', `${PARTS}%`),
        )
        .returning('holder')
        .executeTakeFirst()
      if (joined !== undefined && (await this.#insert(database, name))) return joined.holder
      // What was joined is left again, unless others are in it.
      if (joined !== undefined) await this.#leave(database, whole)
      return undefined
    })
    if (shared === undefined) {
      await this.#refuseHeld(name)
      await this.#refuseHeld(whole)
      throw new MatchbookError('RUN-ACTIVE', `${name} was held until just now`, { facts: { job: name } })
    }
    // What was lost meanwhile stays lost.
    this.#hold([
      [whole, this.#held.get(whole) ?? shared],
      [name, this.#holder],
    ])
    this.#parts.set(whole, (this.#parts.get(whole) ?? 0) + 1)
    return { release: () => this.#releasePart(whole, name) }
  }

  /** @throws LEASE-LOST unless everything held is still held. Nobody can take it until the transaction that asks is over. */
  readonly fence = async (connection: DatabaseConnection): Promise<void> => {
    if (this.#held.size === 0) return
    const query = CompiledQuery.raw('select name, holder from leases where name = any($1)', [[...this.#held.keys()]])
    const { rows } = await connection.executeQuery<{ name: string; holder: string }>(query)
    const still = new Map(rows.map(({ name, holder }) => [name, holder]))
    const lost = [...this.#held].filter(([name, holder]) => still.get(name) !== holder).map(([name]) => name)
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

  #row(name: string) {
    return {
      name,
      holder: this.#holder,
      host: hostname(),
      pid: process.pid,
      taken_at: serverInstant(),
      expires_at: serverInstant(this.place.leaseSeconds),
    }
  }

  async #deleteExpired(database: StateDatabase, name: string): Promise<void> {
    await database.deleteFrom('leases').where('name', '=', name).where('expires_at', '<', serverInstant()).execute()
  }

  /** @returns whether it is ours now */
  async #insert(database: StateDatabase, name: string): Promise<boolean> {
    await this.#deleteExpired(database, name)
    const taken = await database
      .insertInto('leases')
      .values(this.#row(name))
      .onConflict((conflict) => conflict.doNothing())
      .returning('name')
      .executeTakeFirst()
    return taken !== undefined
  }

  #hold(taken: readonly (readonly [name: string, holder: string])[]): void {
    if (this.#held.size === 0) this.#heard = performance.now()
    for (const [name, holder] of taken) this.#held.set(name, holder)
    this.#beat ??= setInterval(() => void this.#renew(), (this.place.leaseSeconds * 1000) / 4).unref()
  }

  /** As raw text: it must not wait for the write lock. One beat that fails is made good by the next. @returns whether the store answered */
  async #renew(): Promise<boolean> {
    const said =
      await sql`update leases set expires_at = ${serverInstant(this.place.leaseSeconds)} where holder = any(${[...new Set(this.#held.values())]})`
        .execute(this.#database)
        .catch(() => undefined)
    if (said === undefined) return false
    const now = performance.now()
    this.#silence = Math.max(this.#silence, now - this.#heard)
    this.#heard = now
    return true
  }

  #letGo(name: string): void {
    this.#held.delete(name)
    if (this.#held.size > 0) return
    clearInterval(this.#beat)
    this.#beat = undefined
  }

  async #release(name: string): Promise<void> {
    this.#letGo(name)
    // One that cannot be given back runs out.
    await this.#delete(this.#database, name).catch(() => {})
  }

  async #releasePart(whole: string, name: string): Promise<void> {
    const left = (this.#parts.get(whole) ?? 1) - 1
    this.#parts.set(whole, left)
    if (left === 0) this.#letGo(whole)
    this.#letGo(name)
    await this.#database
      .transaction()
      .execute(async (database) => {
        await this.#delete(database, name)
        await this.#leave(database, whole)
      })
      .catch(() => {})
  }

  async #delete(database: StateDatabase, name: string): Promise<void> {
    await database.deleteFrom('leases').where('name', '=', name).where('holder', '=', this.#holder).execute()
  }

  /** Where nobody holds a part any more, nobody holds the whole. */
  async #leave(database: StateDatabase, whole: string): Promise<void> {
    await database
      .deleteFrom('leases')
      .where('name', '=', whole)
      .where('holder', 'like', `${PARTS}%`)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('leases as part')
              .select('part.name')
              .where('part.name', 'like', `${whole}.%`)
              .where('part.expires_at', '>=', serverInstant()),
          ),
        ),
      )
      .execute()
  }
}
