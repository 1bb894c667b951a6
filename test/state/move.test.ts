import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { appendAudit, recordFiles, saveStep, verifyAudit } from '../../src/state/index.js'
import { moveState } from '../../src/state/move-state.js'
import { setMovedMark } from '../../src/state/moved.js'
import { openState, type State, type StatePlace } from '../../src/state/open-state.js'
import { tableRows } from '../../src/state/table-rows.js'
import { type PostgresServer, postgresPrograms, startPostgres, withoutPostgres } from '../servers/postgres.js'

const isHere = postgresPrograms() !== undefined
const now = '2026-11-20T08:00:00.000Z'
const file = {
  job: 'j',
  input: 'i',
  endpoint: 'e',
  folder: '/out',
  partner: null,
  size: 10,
  modified: now,
  taken_at: now,
  run_id: null,
}

describe.skipIf(!isHere)(`a store that is moved${isHere ? '' : `, ${withoutPostgres}`}`, () => {
  let server: PostgresServer
  let folder: string
  let sqlite: string
  let postgres: StatePlace
  beforeAll(() => {
    server = startPostgres()
    folder = mkdtempSync(path.join(tmpdir(), 'matchbook-move-'))
  })
  afterAll(() => {
    server?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  beforeEach(async () => {
    sqlite = mkdtempSync(path.join(folder, 'state-'))
    postgres = server.place()
    await using(sqlite, async ({ database }) => {
      const names = Array.from({ length: 2500 }, (_, n) => `é${n}`)
      await recordFiles(
        database,
        names.map((name) => ({ ...file, name, sha256: name, path: name })),
        false,
      )
      // A number that was given is not given again, although nothing has it any more.
      await database.deleteFrom('drops').where('file_id', '=', 2500).execute()
      await database.deleteFrom('files').where('id', '=', 2500).execute()
      await appendAudit(database, { at: now, actor: 'a', action: 'b', subject: 'c', detail: {} })
    })
  })

  const move = (from: StatePlace, to: StatePlace) => moveState({ from, to, actor: 'R. Ortiz', now })
  async function using<T>(place: StatePlace, work: (state: State) => Promise<T>): Promise<T> {
    const state = await openState(place)
    return work(state).finally(() => state.close())
  }
  const files = (place: StatePlace) =>
    using(place, async ({ database }) => {
      const all = []
      for await (const rows of tableRows(database, 'files')) all.push(...rows)
      return all
    })
  const next = (place: StatePlace) =>
    using(place, async ({ database }) => {
      const [booked] = await recordFiles(
        database,
        [{ ...file, name: 'n', sha256: `${Math.random()}`, path: 'n' }],
        false,
      )
      return booked?.id
    })

  it('is the same there and back again, numbers go on, and the chain says where it was', async () => {
    const before = await files(sqlite)
    const there = await move(sqlite, postgres)
    expect(there.tables.find(({ table }) => table === 'files')).toMatchObject({ rows: 2499 })
    expect(await files(postgres)).toEqual(before)
    await expect(openState(sqlite)).rejects.toMatchObject({ code: 'STATE-MOVED' })
    expect(await next(postgres)).toBe(2501)
    const back = await move(postgres, sqlite)
    expect(back.tables.map(({ table }) => table)).toEqual(there.tables.map(({ table }) => table))
    await expect(openState(postgres)).rejects.toMatchObject({ code: 'STATE-MOVED' })
    expect((await files(sqlite)).slice(0, 2499)).toEqual(before)
    expect(await next(sqlite)).toBe(2502)
    await using(sqlite, async ({ database }) => {
      expect(await verifyAudit(database)).toMatchObject({ entries: 3, fault: null })
      const moved = await database.selectFrom('audit').selectAll().where('action', '=', 'state moved').execute()
      expect(moved).toHaveLength(2)
    })
  })

  it('does not write over a store that somebody works with', async () => {
    await using(postgres, ({ database }) =>
      appendAudit(database, { at: now, actor: 'a', action: 'b', subject: 'c', detail: {} }),
    )
    await expect(move(sqlite, postgres)).rejects.toMatchObject({ code: 'STATE-NOT-EMPTY' })
    expect(await next(sqlite)).toBe(2501)
  })

  it('goes on when it was killed: after the copy, and after the old store was given up', async () => {
    await move(sqlite, postgres)
    const [there, here] = [await openState(postgres), await openState(sqlite, { evenMoved: true })]
    await setMovedMark(there.database, { place: here.place, is_here: 1, at: now })
    await here.database.deleteFrom('moved').execute()
    await Promise.all([there.close(), here.close()])
    await expect(openState(postgres)).rejects.toMatchObject({ code: 'STATE-MOVED' })
    // Nobody knows that it was copied: it is worked with, and copied again.
    expect(await next(sqlite)).toBe(2501)
    expect((await move(sqlite, postgres)).tables.find(({ table }) => table === 'files')).toMatchObject({ rows: 2500 })

    const released = await openState(postgres)
    const place = (await openState(sqlite, { evenMoved: true })).place
    await setMovedMark(released.database, { place, is_here: 1, at: now })
    await released.close()
    expect(await move(sqlite, postgres)).toMatchObject({ tables: [] })
    expect(await next(postgres)).toBe(2502)
  })

  it('is not touched by a move that fails', async () => {
    const run = { id: 'r', job: 'j', as_of: 'd', status: 'done', host: 'h', pid: 1, version: 'v', started_at: now }
    await using(sqlite, async ({ database }) => {
      const ended = { finished_at: null, summary: null, error: null, kind: 'night', number: 1 } as const
      await database
        .insertInto('runs')
        .values({ ...run, status: 'done', ...ended })
        .execute()
      await saveStep(database, { runId: 'r', name: 'pull', startedAt: 'nul\0', finishedAt: now, output: {} })
    })
    // PostgreSQL keeps no NUL: what is read back is not what was there.
    await expect(move(sqlite, postgres)).rejects.toMatchObject({ code: 'STATE-DIFFERS' })
    expect(await next(sqlite)).toBe(2501)
    await expect(files(postgres)).resolves.toEqual([])
  })
})
