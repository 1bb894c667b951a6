import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openState, type State, type StatePlace } from '../../src/state/open-state.js'
import { edit } from '../app/small-night.js'
import { type PostgresServer, postgresPrograms, startPostgres, withoutPostgres } from '../servers/postgres.js'
import { Machine } from './machine.js'
import { manyJobs, numbersOf } from './many-jobs.js'
import { type Build, newer, newerBuild } from './newer-build.js'

/** Milliseconds: it takes a few seconds where nothing else is done. */
const PATIENCE = 180_000
const JOBS = 2
/** A worker is heard of for so long. */
const SECONDS = 120

let build: Build
beforeAll(() => {
  build = newerBuild()
})
afterAll(() => build?.remove())

async function asking<T>(place: StatePlace, work: (state: State) => Promise<T>): Promise<T> {
  const state = await openState(place)
  return work(state).finally(() => state.close())
}
const versionsOf = (place: StatePlace, table: 'workers' | 'runs'): Promise<string[]> =>
  asking(place, async ({ database }) => {
    const rows = await database.selectFrom(table).select('version').distinct().orderBy('version').execute()
    return rows.map(({ version }) => version)
  })

/** A night of an older and a newer worker on one store. */
async function night(server?: PostgresServer): Promise<void> {
  const shared = server?.place({ leaseSeconds: SECONDS })
  const workspace = await manyJobs(shared, JOBS, 1)
  const { folder } = workspace
  if (shared === undefined)
    edit(workspace, 'matchbook.yaml', (yaml) => yaml.replace(/^state: \{/m, `state: { lease-seconds: ${SECONDS},`))
  const place = shared ?? path.join(folder, 'state')
  const here = new Machine(folder)
  await here.untilItRuns()
  // So that there is something left to do for the other one.
  here.tellItself('SIGSTOP')
  const there = new Machine(folder, [], undefined, build.binary)
  await there.untilItRuns()
  here.tellItself('SIGCONT')
  expect((await versionsOf(place, 'workers')).at(-1)).toBe(newer.version)
  // The older one is told what it does not know, and goes on.
  expect(await asking(place, async ({ version }) => version.unknown)).toEqual([newer.adds])
  expect(await here.ended, here.said.join('\n')).toBe(0)
  expect(await there.ended, there.said.join('\n')).toBe(0)

  // Nobody older is at work any more: whoever of the newer ones looks next takes away what only they needed.
  const status = spawnSync(process.execPath, [build.binary, 'status', '--workspace', folder], { encoding: 'utf8' })
  expect(status.status, status.stderr).toBe(0)
  await expect(openState(place)).rejects.toMatchObject({
    code: 'STATE-NEWER',
    message: expect.stringContaining('needs Matchbook 9.0.0 or newer'),
  })

  // To look at what they did, the store is given back what was taken.
  await forget(place)
  const runs = await asking(place, ({ database }) => database.selectFrom('runs').select(['job', 'status']).execute())
  expect(runs.map(({ job, status }) => `${job} ${status}`).sort()).toEqual(
    Array.from({ length: JOBS }, (_, n) => `site-${n + 1} done`),
  )
  expect(await versionsOf(place, 'runs')).toHaveLength(2)
  expect(numbersOf(workspace)).toEqual(Array.from({ length: JOBS }, (_, n) => n + 1))
  workspace.remove()
}

async function forget(place: StatePlace): Promise<void> {
  const { connect } = await import('../../src/state/postgres/connect.js')
  if (typeof place !== 'string') {
    const database = connect(place)
    await sql`delete from kysely_migration where name = ${newer.takesAway}`.execute(database)
    await database.destroy()
    return
  }
  const { default: Database } = await import('better-sqlite3')
  const database = new Database(path.join(place, 'matchbook.db'))
  database.prepare('delete from kysely_migration where name = ?').run(newer.takesAway)
  database.close()
}

describe('an older and a newer version side by side', () => {
  it('do a night together on SQLite, and what breaks the older waits until it is gone', () => night(), PATIENCE)

  const isHere = postgresPrograms() !== undefined
  it.skipIf(!isHere)(
    `do the same on PostgreSQL${isHere ? '' : `, ${withoutPostgres}`}`,
    async () => {
      const server = startPostgres()
      await night(server).finally(() => server.stop())
    },
    PATIENCE,
  )
})
