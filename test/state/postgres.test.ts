import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  appendAudit,
  circuitOf,
  forgetCircuit,
  saveCircuit,
  saveResultRows,
  verifyAudit,
} from '../../src/state/index.js'
import { openState, type State } from '../../src/state/open-state.js'
import type { PostgresPlace } from '../../src/state/postgres/postgres-place.js'
import { type PostgresServer, postgresPrograms, startPostgres, withoutPostgres } from '../servers/postgres.js'

const entry = { at: '2026-11-20T08:00:00Z', actor: 'a', action: 'b', subject: 'c', detail: {} }
const isHere = postgresPrograms() !== undefined

describe.skipIf(!isHere)(`a store that machines share${isHere ? '' : `, ${withoutPostgres}`}`, () => {
  let server: PostgresServer
  beforeAll(() => {
    server = startPostgres()
  })
  afterAll(() => server?.stop())

  /** Two machines at one store, with leases of so many seconds. */
  async function twoMachines(leaseSeconds = 30, given: Partial<PostgresPlace> = {}): Promise<readonly [State, State]> {
    const place = server.place({ leaseSeconds, ...given })
    return [await openState(place), await openState(place)]
  }

  it('gives the work of a machine that is silent to another, and lets the first write no more', async () => {
    const [one, other] = await twoMachines(2)
    await one.takeLease('nightly')
    await expect(other.takeLease('nightly')).rejects.toMatchObject({ code: 'RUN-ACTIVE' })
    // Its network is away: the beats no longer arrive.
    await other.database.updateTable('leases').set({ expires_at: '2000-01-01T00:00:00.000Z' }).execute()
    const taken = await other.takeLease('nightly')
    const late = one.database.transaction().execute((database) => appendAudit(database, entry))
    await expect(late).rejects.toMatchObject({ code: 'LEASE-LOST' })
    await expect(forgetCircuit(one.database, 'erp')).rejects.toMatchObject({ code: 'LEASE-LOST' })
    await expect(one.besideOthers([], async () => {})).rejects.toMatchObject({ code: 'LEASE-LOST' })
    await other.database.transaction().execute((database) => appendAudit(database, entry))
    await taken.release()
    expect(await verifyAudit(other.database)).toMatchObject({ entries: 1, fault: null })
    await Promise.all([one.close(), other.close()])
  })

  it("takes a part from a machine that is silent, also where the whole was somebody else's in between", async () => {
    const [one, other] = await twoMachines()
    const circuit = { endpoint: 'erp', failures: 1, run: 'r', since: 's', open_until: null, code: 'c', message: 'm' }
    const silent = () => other.database.updateTable('leases').set({ expires_at: '2000-01-01T00:00:00.000Z' }).execute()
    const part = await one.takePart('push.outbox', 'erp')
    await saveCircuit(one.database, circuit)
    await silent()
    // An older version knows of no parts.
    await (await other.takeLease('push.outbox')).release()
    const partner = await other.takePart('push.outbox', 'partner')
    await expect(saveCircuit(one.database, circuit)).rejects.toMatchObject({ code: 'LEASE-LOST' })
    const more = await one.takePart('push.outbox', 'standby')
    await expect(saveCircuit(one.database, circuit)).rejects.toMatchObject({ code: 'LEASE-LOST' })
    for (const lost of [part, more]) await lost.release()
    await saveCircuit(one.database, circuit)
    await silent()
    await (await one.takePart('push.outbox', 'partner')).release()
    await expect(saveCircuit(other.database, circuit)).rejects.toMatchObject({ code: 'LEASE-LOST' })
    await partner.release()
    await (await one.takeLease('push.outbox')).release()
    await Promise.all([one.close(), other.close()])
  })

  it('keeps a lease for as long as its holder is heard of', async () => {
    const [one, other] = await twoMachines(2)
    const lease = await one.takeLease('nightly')
    await sleep(2600)
    await expect(other.takeLease('nightly')).rejects.toMatchObject({ code: 'RUN-ACTIVE' })
    await lease.release()
    await (await other.takeLease('nightly')).release()
    await Promise.all([one.close(), other.close()])
  })

  it('lets nobody write between what a transaction has read and its end', async () => {
    const [one, other] = await twoMachines()
    const circuit = { endpoint: 'erp', failures: 1, run: 'r', since: 's', open_until: null, code: 'c', message: 'm' }
    await saveCircuit(one.database, circuit)
    let outside: Promise<void> | undefined
    await one.database.transaction().execute(async (database) => {
      const read = await circuitOf(database, 'erp')
      outside = saveCircuit(other.database, { ...circuit, failures: 9 })
      await sleep(100)
      expect(await circuitOf(database, 'erp')).toEqual(read)
    })
    await outside
    expect(await circuitOf(one.database, 'erp')).toMatchObject({ failures: 9 })
    await Promise.all([one.close(), other.close()])
  })

  it('lets two write rows of their own jobs side by side, and has one commit after the other', async () => {
    const [one, other] = await twoMachines()
    const row = (job: string) => ({ job, table_name: 't', sequence: 1, run_id: 'r', row: '{}' })
    await one.database.transaction().execute(async (database) => {
      await database.insertInto('result_rows').values(row('a')).execute()
      // It commits while the first is under way: neither has touched what all share.
      await other.database
        .transaction()
        .execute((beside) => saveResultRows(beside, { job: 'b', runId: 'r' }, { t: [{}] }))
      await appendAudit(database, entry)
      const late = other.database.transaction().execute((beside) => appendAudit(beside, entry))
      await sleep(50)
      await appendAudit(database, entry)
      void late
    })
    expect(await verifyAudit(other.database)).toMatchObject({ fault: null })
    await Promise.all([one.close(), other.close()])
  })

  it('lets those that are made for it run at once, unless they share a scope, and nobody else meanwhile', async () => {
    const [one, other] = await twoMachines()
    await one.besideOthers(['a', 'b'], async () => {
      // It comes to its end while the first is under way.
      await other.besideOthers(['c'], async () => {})
    })
    const circuit = { endpoint: 'erp', failures: 1, run: 'r', since: 's', open_until: null, code: 'c', message: 'm' }
    for (const late of [
      () => other.besideOthers(['c', 'a'], async () => {}),
      () => saveCircuit(other.database, circuit),
      () => other.database.transaction().execute((database) => circuitOf(database, 'erp')),
    ]) {
      let isOver = false
      let waits: Promise<unknown> | undefined
      await one.besideOthers(['a', 'b'], async () => {
        waits = late().then(() => expect(isOver).toBe(true))
        await sleep(30)
        isOver = true
      })
      await waits
    }
    await Promise.all([one.close(), other.close()])
  })

  it('holds scopes in one order, so that none waits for another that waits for it', async () => {
    const machines = await twoMachines()
    const scopes = [
      ['a', 'b', 'c'],
      ['c', 'b', 'a'],
    ]
    const done = await Promise.all(
      machines.flatMap((machine, n) =>
        Array.from({ length: 20 }, () => machine.besideOthers(scopes[n] ?? [], async () => 'done')),
      ),
    )
    expect(done).toEqual(Array(40).fill('done'))
    await Promise.all(machines.map((machine) => machine.close()))
  })

  it('keeps nothing of a transaction whose work was taken over before its end', async () => {
    const [one, other] = await twoMachines()
    await one.takeLease('nightly')
    const late = one.database.transaction().execute(async (database) => {
      await saveResultRows(database, { job: 'nightly', runId: 'r' }, { t: [{}] })
      await other.database.updateTable('leases').set({ expires_at: '2000-01-01T00:00:00.000Z' }).execute()
      await other.takeLease('nightly')
    })
    await expect(late).rejects.toMatchObject({ code: 'LEASE-LOST' })
    expect(await other.database.selectFrom('result_rows').selectAll().execute()).toEqual([])
    await Promise.all([one.close(), other.close()])
  })

  it('has one audit chain where many machines write at once', async () => {
    const machines = await twoMachines()
    await Promise.all(
      machines.flatMap(({ database }) =>
        Array.from({ length: 10 }, () => database.transaction().execute((within) => appendAudit(within, entry))),
      ),
    )
    expect(await verifyAudit(machines[0].database)).toMatchObject({ entries: 20, fault: null })
    await Promise.all(machines.map((machine) => machine.close()))
  })

  it('says that it cannot be reached while the server is down, and goes on when it is up again', async () => {
    const [one, other] = await twoMachines(2)
    const lease = await one.takeLease('nightly')
    const broken = one.database.transaction().execute(async (database) => {
      await appendAudit(database, entry)
      server.halt()
      await appendAudit(database, entry)
    })
    await expect(broken).rejects.toMatchObject({ code: 'STATE-UNREACHABLE' })
    await expect(other.clock()).rejects.toMatchObject({ code: 'STATE-UNREACHABLE' })
    server.start()
    await one.database.transaction().execute((database) => appendAudit(database, entry))
    expect(await verifyAudit(other.database)).toMatchObject({ entries: 1, fault: null })
    await lease.release()
    await Promise.all([one.close(), other.close()])
  })

  it('gives its password where it is asked for one, whatever is in it, and never says it', async () => {
    const password = 'p@ss/w#rd %41&=?'
    const admin = await openState(server.place())
    await sql.raw(`create role guarded login superuser password '${password}'`).execute(admin.database)
    await admin.close()
    const place = server.place({ url: server.url.replace('user=matchbook', 'user=guarded'), password })
    await (await openState(place)).close()
    for (const wrong of ['other', undefined]) {
      const refused = await openState({ ...place, password: wrong }).catch((error: unknown) => error)
      expect(refused).toMatchObject({ code: 'STATE-REFUSED' })
      expect(String(refused)).not.toContain('other')
    }
  })

  it('is not changed by what the database has as defaults for others', async () => {
    const admin = await openState(server.place())
    await sql.raw(`create role hurried login superuser`).execute(admin.database)
    await sql.raw(`alter role hurried set statement_timeout = '50ms'`).execute(admin.database)
    await sql.raw(`alter role hurried set default_transaction_isolation = 'repeatable read'`).execute(admin.database)
    await sql.raw(`alter role hurried set idle_session_timeout = '50ms'`).execute(admin.database)
    await admin.close()
    const [one, other] = await twoMachines(30, { url: server.url.replace('user=matchbook', 'user=hurried') })
    const first = one.database.transaction().execute(async (database) => {
      await appendAudit(database, entry)
      await sleep(200)
    })
    await Promise.all([first, other.database.transaction().execute((database) => appendAudit(database, entry))])
    await sleep(100)
    expect(await verifyAudit(other.database)).toMatchObject({ entries: 2, fault: null })
    await Promise.all([one.close(), other.close()])
  })

  it('says what is wrong with an address', async () => {
    const { url } = server
    await expect(openState(server.place({ url: url.replace('/postgres?', '/lakeside?') }))).rejects.toMatchObject({
      code: 'STATE-REFUSED',
      message: expect.stringContaining('"lakeside" does not exist'),
    })
    await expect(openState(server.place({ url: 'postgres://matchbook@127.0.0.1:1/postgres' }))).rejects.toMatchObject({
      code: 'STATE-UNREACHABLE',
    })
  })
})
