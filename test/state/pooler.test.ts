import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appendAudit, verifyAudit } from '../../src/state/index.js'
import { openState } from '../../src/state/open-state.js'
import { hasPgBouncer, startPgBouncer, withoutPgBouncer } from '../servers/pgbouncer.js'
import { type PostgresServer, postgresPrograms, startPostgres, withoutPostgres } from '../servers/postgres.js'

const missing = postgresPrograms() === undefined ? withoutPostgres : hasPgBouncer ? undefined : withoutPgBouncer
const entry = { at: '2026-11-20T08:00:00Z', actor: 'a', action: 'b', subject: 'c', detail: {} }

describe.skipIf(missing !== undefined)(`a pool before PostgreSQL${missing === undefined ? '' : `, ${missing}`}`, () => {
  let server: PostgresServer
  beforeAll(() => {
    server = startPostgres()
  })
  afterAll(() => server?.stop())

  it('keeps the store of two machines where each connection has a session of its own', async () => {
    const pool = await startPgBouncer(server, 'session')
    const place = { ...server.place(), url: pool.url }
    const [one, other] = [await openState(place), await openState(place)]
    const lease = await one.takeLease('nightly')
    await expect(other.takeLease('nightly')).rejects.toMatchObject({ code: 'RUN-ACTIVE' })
    await Promise.all(
      [one, other].flatMap((state) =>
        Array.from({ length: 20 }, () =>
          state.database.transaction().execute((database) => appendAudit(database, entry)),
        ),
      ),
    )
    expect(await verifyAudit(other.database)).toMatchObject({ entries: 40, fault: null })
    await lease.release()
    await Promise.all([one.close(), other.close()])
    pool.stop()
  })

  it('is refused where transactions of all take turns on the same sessions, before anything is written or set', async () => {
    const pool = await startPgBouncer(server, 'transaction')
    const place = { ...server.place(), url: pool.url }
    await expect(openState(place)).rejects.toMatchObject({
      code: 'STATE-REFUSED',
      message: expect.stringMatching(/pool_mode transaction or statement/),
    })
    const client = new pg.Client(pool.url)
    await client.connect()
    const { rows } = await client.query(
      `select current_setting('search_path') as path, (select count(*) from pg_namespace where nspname = $1)::int as schemas`,
      [place.schema],
    )
    expect(rows).toEqual([{ path: '"$user", public', schemas: 0 }])
    await client.end()
    pool.stop()
  })
})
