import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MoveOutcome } from '../../src/app/recovery/move-workspace.js'
import type { RunOutcome } from '../../src/app/run-jobs.js'
import type { WorkspaceStatus } from '../../src/app/status.js'
import type { PostgresPlace } from '../../src/state/postgres/postgres-place.js'
import { type PostgresServer, postgresPrograms, startPostgres, withoutPostgres } from '../servers/postgres.js'
import { differences, finishedNight } from './finished-night.js'
import { matchbook, matchbookJson } from './matchbook.js'
import { asOf, type NightWorkspace, nightWorkspace } from './night-workspace.js'
import { keepIn, layOut } from './shared-state.js'

const isHere = postgresPrograms() !== undefined

describe.skipIf(!isHere)(`a night kept in PostgreSQL${isHere ? '' : `, ${withoutPostgres}`}`, () => {
  let server: PostgresServer
  let place: PostgresPlace
  let nights: readonly [NightWorkspace, NightWorkspace]
  beforeAll(async () => {
    server = startPostgres()
    place = server.place()
    nights = [await nightWorkspace(), await nightWorkspace()]
    keepIn(place, nights[1].folder)
  }, 120_000)
  afterAll(async () => {
    for (const night of nights ?? []) await night.stop()
    server?.stop()
  })

  const run = (night: NightWorkspace, ...flags: string[]) =>
    matchbookJson<RunOutcome>(['run', 'receipt-to-invoice', '--as-of', asOf, ...flags], { cwd: night.folder })

  it('comes to the very end state that it comes to in SQLite, and leaves no SQLite file', async () => {
    const exits = await Promise.all(nights.map((night) => run(night).then(({ exit }) => exit)))
    expect(exits).toEqual([4, 4])
    expect(existsSync(path.join(nights[1].folder, 'state', 'matchbook.db'))).toBe(false)
    await layOut(place, nights[1].folder)
    const [sqlite, postgres] = nights.map(finishedNight)
    expect(sqlite?.exceptions?.length).toBeGreaterThan(50)
    expect(differences(sqlite ?? {}, postgres ?? {})).toEqual([])
  }, 120_000)

  it('does nothing twice, and tries without a trace', async () => {
    const { exit, json } = await run(nights[1], '--dry-run')
    expect(exit).toBe(0)
    expect(json.runs[0]).toMatchObject({ files: { taken: 0 }, exceptions: { raised: 0 } })
  })

  it('is backed up as a file, and what is restored from it leaves the database alone', async () => {
    const { folder } = nights[1]
    const backup = path.join(folder, 'backup')
    const restored = path.join(folder, 'restored')
    expect((await matchbook(['backup', '--to', backup], { cwd: folder })).exit).toBe(0)
    expect((await matchbook(['restore', backup, restored], { cwd: folder })).exit).toBe(0)
    const statuses = await Promise.all(
      [folder, restored].map((cwd) => matchbookJson<WorkspaceStatus>(['status'], { cwd })),
    )
    const [original, copy] = statuses.map(({ json }) => json.queues)
    expect(copy).toEqual(original)
    expect(readFileSync(path.join(restored, 'matchbook.yaml'), 'utf8')).not.toContain('postgres')
  })

  it('can be moved there from SQLite with all that is in it', async () => {
    const { folder } = nights[0]
    const target = server.place()
    const status = async () => (await matchbookJson<WorkspaceStatus>(['status'], { cwd: folder })).json
    const before = await status()
    const moved = await matchbookJson<MoveOutcome>(['state', 'move', '--to', target.url, '--schema', target.schema], {
      cwd: folder,
    })
    expect(moved).toMatchObject({ exit: 0, json: { settings: expect.stringContaining(`schema: ${target.schema}`) } })
    const refused = await matchbook(['status'], { cwd: folder })
    expect(refused).toMatchObject({ exit: 8, stderr: expect.stringContaining('STATE-MOVED') })
    keepIn(target, folder)
    expect(await status()).toEqual(before)
  })
})
