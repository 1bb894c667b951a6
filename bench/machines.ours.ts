import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import pg from 'pg'
import { parseDocument } from 'yaml'
import { claimWork, endWork, queueWork } from '../src/state/index.js'
import { openState, type StatePlace } from '../src/state/open-state.js'
import { Machine } from '../test/e2e/machine.js'
import { manyJobs, nameOfPartner } from '../test/e2e/many-jobs.js'
import { matchbook } from '../test/e2e/matchbook.js'
import { asOf, nightWorkspace } from '../test/e2e/night-workspace.js'
import { keepIn } from '../test/e2e/shared-state.js'
import { startOpenSsh } from '../test/servers/openssh.js'
import { startPostgres } from '../test/servers/postgres.js'
import { farAway } from './far-away.js'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    jobs: { type: 'string', default: '20' },
    files: { type: 'string', default: '20' },
    claims: { type: 'string', default: '1000' },
    away: { type: 'string', default: '30' },
    partners: { type: 'string', default: '4' },
  },
})
const rounds = Number(values.rounds)
// As it is installed: what is committed is on disk.
const server = startPostgres({ durable: true })
const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0
const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(2)

try {
  await nights()
  if (values.claims !== '0') await claims()
  const away = Number(values.away)
  if (values.jobs !== '0') {
    // The worst case for several workers, whom nothing makes wait; then what nights are like.
    await workers({ roundTrip: 0, partners: 1 })
    await workers({ roundTrip: away, partners: 1 })
    await workers({ roundTrip: away, partners: Number(values.partners) })
  }
} finally {
  server.stop()
}

/** The seeded night on each engine, in turn. */
async function nights(): Promise<void> {
  const times: Record<'SQLite' | 'PostgreSQL', number[]> = { SQLite: [], PostgreSQL: [] }
  const held: number[] = []
  for (let round = 0; round < rounds; round++) {
    for (const engine of ['SQLite', 'PostgreSQL'] as const) {
      const night = await nightWorkspace()
      const place = server.place()
      if (engine === 'PostgreSQL') keepIn(place, night.folder)
      // Tables are made once in the life of a workspace.
      await matchbook(['status'], { cwd: night.folder })
      const over = new AbortController()
      const watching = engine === 'PostgreSQL' ? lockHeld(place.schema, over.signal) : undefined
      const begun = performance.now()
      const { exit, stderr } = await matchbook(['run', 'receipt-to-invoice', '--as-of', asOf], { cwd: night.folder })
      if (exit !== 4) throw new Error(stderr)
      times[engine].push(performance.now() - begun)
      over.abort()
      if (watching !== undefined) held.push(await watching)
      await night.stop()
    }
  }
  console.log(`a night of 40 files, 778 documents, 12 extracts over SFTP; median of ${rounds} in turn`)
  for (const [engine, list] of Object.entries(times)) {
    console.log(
      `  ${engine.padEnd(12)} ${seconds(median(list))} s   ${(median(list) / median(times.SQLite)).toFixed(2)} x SQLite`,
    )
  }
  console.log(`  the write lock is held alone for ${(median(held) * 100).toFixed(0)} % of the night`)
}

/** Which part of the time somebody has the write lock alone, looked at some hundred times a second. */
async function lockHeld(schema: string, until: AbortSignal): Promise<number> {
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  let [looks, held] = [0, 0]
  while (!until.aborted) {
    const { rows } = await client.query(
      `select 1 from pg_locks where locktype = 'advisory' and granted and mode = 'ExclusiveLock'
          and (classid::bigint << 32 | objid::bigint) = hashtextextended('matchbook writes ' || $1, 0)`,
      [schema],
    )
    looks += 1
    if (rows.length > 0) held += 1
    await sleep(4)
  }
  await client.end()
  return held / looks
}

/** Work claimed and ended, with nothing done in between. */
async function claims(): Promise<void> {
  console.log('\nclaims a second, each with its end; one process')
  for (const [engine, place, hands] of [
    ['SQLite', await sqlitePlace(), 1],
    ['PostgreSQL', server.place(), 1],
    ['PostgreSQL', server.place(), 4],
  ] as const) {
    const many = Number(values.claims)
    const states = await Promise.all(Array.from({ length: hands }, () => openState(place)))
    const due = Array.from({ length: many }, (_, n) => {
      return { job: `job-${n % 200}`, scheduled_for: `t${String(n).padStart(6, '0')}`, day: 'd', priority: 50 }
    })
    await queueWork(states[0]?.database ?? raise(), due, 'a')
    const begun = performance.now()
    await Promise.all(
      states.map(async (state, hand) => {
        for (;;) {
          const work = await claimWork(state, `w${hand}`, 'b', 'z')
          if (work === undefined) return
          await endWork(state.database, { id: work.id, worker: `w${hand}` }, { status: 'done' })
        }
      }),
    )
    const rate = many / ((performance.now() - begun) / 1000)
    console.log(`  ${engine.padEnd(12)} ${hands} at once   ${rate.toFixed(0).padStart(6)}`)
    for (const state of states) await state.close()
  }
}

const raise = (): never => {
  throw new Error('the store says nothing')
}

async function sqlitePlace(): Promise<StatePlace> {
  const { mkdtemp } = await import('node:fs/promises')
  const { tmpdir } = await import('node:os')
  return mkdtemp(`${tmpdir()}/matchbook-bench-`)
}

interface Partners {
  /** Milliseconds; none: their files lie in a folder of this machine. */
  readonly roundTrip: number
  readonly partners: number
}

/** The same jobs by one worker and by two, in turn: where nothing is waited for, and where partners are so many milliseconds away. */
async function workers({ roundTrip, partners }: Partners): Promise<void> {
  const times: Record<number, number[]> = { 1: [], 2: [] }
  const paces: Record<number, number[]> = { 1: [], 2: [] }
  const [jobs, files] = [Number(values.jobs), Number(values.files)]
  for (let round = 0; round < Math.max(1, Math.floor(rounds / 2)); round++) {
    for (const many of [1, 2]) {
      const place = server.place()
      const workspace = await manyJobs(place, jobs, files, partners)
      const names = Array.from({ length: partners }, (_, n) => nameOfPartner(n + 1))
      const far =
        roundTrip === 0 ? [] : await Promise.all(names.map((name) => partnerAway(workspace.folder, name, roundTrip)))
      for (const { name, endpoint } of far) setEndpoint(workspace.folder, name, endpoint)
      const begun = performance.now()
      const machines = Array.from({ length: many }, () => new Machine(workspace.folder))
      for (const machine of machines) if ((await machine.ended) !== 0) throw new Error(machine.said.join('\n'))
      times[many]?.push(performance.now() - begun)
      paces[many]?.push(files * (await runsASecond(place)))
      const answered = names.flatMap((name) =>
        readdirSync(path.join(folderOf(workspace.folder, name), 'inbound')),
      ).length
      if (answered !== jobs * files) throw new Error(`${answered} files are answered of ${jobs * files}`)
      for (const partner of far) await partner.stop()
      workspace.remove()
    }
  }
  const whose = partners === 1 ? 'one partner' : `${partners} partners, each with a server of its own,`
  const where = roundTrip > 0 ? `over SFTP, ${roundTrip} ms away` : 'from a folder of this machine'
  console.log(`\n${jobs} jobs of ${files} files each of ${whose} ${where}, by workers that do one at a time`)
  for (const many of [1, 2]) {
    const speed = median(times[1] ?? []) / median(times[many] ?? [])
    const pace = median(paces[many] ?? [])
    console.log(
      `  ${many} workers   ${seconds(median(times[many] ?? []))} s from their start   ${speed.toFixed(2)} x one` +
        `   ${pace.toFixed(1).padStart(6)} files a second at work   ${(pace / median(paces[1] ?? [])).toFixed(2)} x one`,
    )
  }
}

/** Workers stay up for weeks: from when each has done one run, in which its process loads and compiles, to the end of the last. */
async function runsASecond(place: StatePlace): Promise<number> {
  const state = await openState(place)
  const { rows } = await sql<{ runs: number; begun: string; ended: string }>`
    WITH warm AS (SELECT max(first) AS instant FROM (SELECT min(finished_at) AS first FROM runs GROUP BY pid) AS each)
    SELECT count(*) AS runs, min(warm.instant) AS begun, max(finished_at) AS ended FROM runs, warm WHERE finished_at > warm.instant`.execute(
    state.database,
  )
  await state.close()
  const [at] = rows
  return at === undefined ? raise() : Number(at.runs) / ((Date.parse(at.ended) - Date.parse(at.begun)) / 1000)
}

function folderOf(folder: string, partner: string): string {
  return path.join(folder, 'drops', 'suppliers', partner)
}

/** A partner of manyJobs behind an OpenSSH server at the end of a long line. */
async function partnerAway(folder: string, name: string, roundTrip: number) {
  const sshd = await startOpenSsh({ root: folderOf(folder, name) })
  const line = await farAway(sshd.port, roundTrip)
  const endpoint = {
    kind: 'sftp',
    host: sshd.host,
    port: line.port,
    username: sshd.username,
    'host-key': { fingerprint: sshd.fingerprint },
    login: { key: { file: sshd.privateKeyFile } },
  }
  return {
    name,
    endpoint,
    async stop(): Promise<void> {
      line.stop()
      await sshd.stop()
    },
  }
}

function setEndpoint(folder: string, name: string, endpoint: object): void {
  const file = path.join(folder, 'matchbook.yaml')
  const settings = parseDocument(readFileSync(file, 'utf8'))
  settings.setIn(['endpoints', name], endpoint)
  writeFileSync(file, settings.toString())
}
