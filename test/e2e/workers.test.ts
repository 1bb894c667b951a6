import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WorkAndWorkers } from '../../src/app/scheduling/work.js'
import type { WorkspaceStatus } from '../../src/app/status.js'
import { openState } from '../../src/state/open-state.js'
import type { PostgresPlace } from '../../src/state/postgres/postgres-place.js'
import { edit } from '../app/small-night.js'
import type { X12Workspace } from '../app/x12-workspace.js'
import { type PostgresServer, postgresPrograms, startPostgres, withoutPostgres } from '../servers/postgres.js'
import { endState } from './finished-night.js'
import { Machine } from './machine.js'
import { manyJobs, numbersOf } from './many-jobs.js'
import { matchbook, matchbookJson } from './matchbook.js'
import { layOut } from './shared-state.js'

const JOBS = 3
const FILES = 2
const isHere = postgresPrograms() !== undefined

describe.skipIf(!isHere)(`workers${isHere ? '' : `, ${withoutPostgres}`}`, () => {
  let server: PostgresServer
  let places: readonly [PostgresPlace, PostgresPlace]
  let workspaces: readonly [X12Workspace, X12Workspace]
  beforeAll(async () => {
    server = startPostgres()
    places = [server.place({ leaseSeconds: 2 }), server.place({ leaseSeconds: 2 })]
    workspaces = await Promise.all([manyJobs(places[0], JOBS, FILES), manyJobs(places[1], JOBS, FILES)])
  })
  afterAll(() => {
    for (const workspace of workspaces ?? []) workspace.remove()
    server?.stop()
  })

  it('one alone does all that is due, and then there is nothing more', async () => {
    const { folder } = workspaces[0]
    const { exit, json } = await matchbookJson<{ begun: number }>(['worker', '--until-idle'], { cwd: folder })
    expect({ exit, begun: json.begun }).toEqual({ exit: 0, begun: JOBS })
    const { json: status } = await matchbookJson<WorkspaceStatus>(['status'], { cwd: folder })
    expect(status).toMatchObject({ workers: [], work: [] })
    expect(status.jobs.map(({ lastRun }) => lastRun?.status)).toEqual(Array(JOBS).fill('done'))
    // One process has done them all: whoever has come to the end of a run takes the next.
    const { database, close } = await openState(places[0])
    const runs = await database.selectFrom('runs').select('pid').distinct().execute()
    await close()
    expect(runs).toHaveLength(1)
    const alone = await matchbook(['run', '--due', '--as-told'], { cwd: folder })
    expect(alone).toMatchObject({ exit: 2, stderr: expect.stringContaining('say which jobs instead') })
  })

  it('three come to the same, with one of them lost at work and the database down in between', async () => {
    const { folder } = workspaces[1]
    const [lost, ...others] = [new Machine(folder), new Machine(folder), new Machine(folder)] as const
    await lost.untilItRuns()
    const { json: status } = await matchbookJson<WorkspaceStatus>(['status'], { cwd: folder })
    expect(status.workers.length).toBeGreaterThan(0)
    await lost.lose()
    server.restart()
    for (const one of others) expect(await one.ended, one.said.join('\n')).toBe(0)

    const [alone, together] = await Promise.all(
      workspaces.map(async (workspace, n) => {
        await layOut(places[n] ?? '', workspace.folder)
        return endState(workspace.folder)
      }),
    )
    expect(alone?.files).toHaveLength(JOBS * FILES)
    expect(alone?.exceptions?.length).toBeGreaterThanOrEqual(JOBS * FILES)
    expect(together).toEqual(alone)
    // Numbers are given to all jobs together, and in which order they come is nobody's business: none is missing, none is there twice.
    expect(numbersOf(workspaces[1])).toEqual(Array.from({ length: JOBS * FILES }, (_, n) => n + 1))
    expect(numbersOf(workspaces[0])).toEqual(numbersOf(workspaces[1]))
  })

  it('begun while the database goes down ask again, and end with what is wrong where it stays down', async () => {
    const { folder } = workspaces[1]
    server.halt()
    const early = new Machine(folder)
    while (!early.said.join('').includes('STATE-UNREACHABLE')) await sleep(50)
    server.start()
    expect(await early.ended, early.said.join('\n')).toBe(0)
    server.halt()
    const inVain = new Machine(folder)
    expect(await inVain.ended).toBe(7)
    expect(inVain.said.filter((line) => line.includes('STATE-UNREACHABLE'))).toHaveLength(3)
    server.start()
  })

  it('give up what is killed again and again, and do it when a person says so', async () => {
    const place = server.place({ leaseSeconds: 2 })
    const workspace = await manyJobs(place, 1, 1)
    const operators =
      'notify: { channels: { journal: { kind: file, file: told.ndjson } }, owners: { IT: { channels: [journal] } }, operators: IT }\n'
    edit(
      workspace,
      'matchbook.yaml',
      (yaml) => `${yaml.replace('retry-seconds: 1', 'retry-seconds: 1, tries: 1')}${operators}`,
    )
    const { folder } = workspace
    const killing = new Machine(folder)
    await killing.untilItRuns()
    killing.killRuns()
    expect(await killing.ended, killing.said.join('\n')).toBe(0)
    const work = async () => (await matchbookJson<WorkAndWorkers>(['work', 'list'], { cwd: folder })).json.work
    const [dead] = await work()
    expect(dead).toMatchObject({ job: 'site-1', status: 'dead', attempts: 1, lastError: 'its process was killed' })
    const id = dead?.id ?? 0
    await matchbook(['notify', 'send'], { cwd: folder })
    const told = readFileSync(path.join(folder, 'told.ndjson'), 'utf8')
    expect(told).toContain('site-1 was given up, tried 1 time')
    expect((await matchbook(['work', 'retry', String(id + 1)], { cwd: folder })).exit).toBe(2)
    expect((await matchbook(['work', 'retry', String(id)], { cwd: folder })).exit).toBe(0)
    expect(await new Machine(folder).ended).toBe(0)
    expect(await work()).toEqual([])
    expect(numbersOf(workspace)).toEqual([1])
    workspace.remove()
  })
})
