import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { seeded } from '../../src/simulate/prng.js'
import type { PostgresPlace } from '../../src/state/postgres/postgres-place.js'
import { differences, type FinishedNight, finishedNight } from '../e2e/finished-night.js'
import { Machine } from '../e2e/machine.js'
import { layOut } from '../e2e/shared-state.js'
import { freePort } from '../servers/free-port.js'
import { type OpenSshServer, startOpenSsh } from '../servers/openssh.js'
import { startPostgres } from '../servers/postgres.js'
import { type ManyPartners, manyPartners } from './many-partners.js'
import { openNetworks } from './networks.js'

export interface LostMachines extends ManyPartners {
  readonly workers: number
  /** Runs that each does at once. */
  readonly atOnce: number
  /** Times that a machine is lost with all that it does, or only its runs are killed. */
  readonly kills: number
  readonly leaseSeconds: number
  /** Milliseconds between one thing that goes wrong and the next: at the least, at the most. */
  readonly pause: readonly [number, number]
  readonly seed: number
  say(line: string): void
}

/** What came of it; nothing is wrong when the list is empty. */
export interface Came {
  readonly wrong: readonly string[]
  readonly kills: number
  readonly restarts: number
  readonly cuts: number
}

/**
 * One worker takes in and judges a night undisturbed, on SQLite. Several, each in a network of its own, do the same night on PostgreSQL,
 * while they are killed at random, PostgreSQL goes down once, and one of them is cut from the network for longer than its leases last and
 * comes back. Both must leave the same in the store, the archive, at the ERP and at each partner.
 */
export async function lostMachines(wanted: LostMachines): Promise<Came> {
  const { workers, partners, files, shares, leaseSeconds, seed, say } = wanted
  const networks = openNetworks(workers)
  const network = { address: networks.address, port: await freePort(networks.address), from: networks.range }
  const postgres = startPostgres({ network })
  const servers: OpenSshServer[] = []
  try {
    say(
      networks.whyNot === undefined
        ? `${workers} workers in network namespaces of their own; PostgreSQL and sshd by TCP at ${networks.address}`
        : `${workers} workers as processes, without networks of their own: ${networks.whyNot}. Instead of being cut off one is stopped`,
    )
    const nightIn = async (place?: PostgresPlace): Promise<Night> => {
      const server = await startOpenSsh({ address: networks.address })
      servers.push(server)
      return { server, place, folder: await manyPartners({ partners, files, shares }, server, place) }
    }
    const [calm, rough] = [await nightIn(), await nightIn(postgres.place({ leaseSeconds }))]
    say(`seed ${seed}: ${partners} partners, ${files} files, an invoice each, in ${shares} shares`)
    const begun = performance.now()
    const undisturbed = ended([new Machine(calm.folder)]).then(() =>
      say(`${seconds(begun)}: one worker, undisturbed, has done its night`),
    )
    const [came] = await Promise.all([disturb(wanted, rough, networks, postgres), undisturbed])
    say(`${seconds(begun)}: both nights are done`)
    const [expected, found] = [await stateOf(calm), await stateOf(rough)]
    for (const [whose, { folder }] of [['undisturbed', calm] as const, ['disturbed', rough] as const])
      for (const line of stepTimes(folder)) say(`  ${whose}, ${line}`)

    const wrong = [...differences(expected, found), ...outOfOrder(rough), ...outOfOrder(calm)]
    say(counted(rough))
    return { ...came, wrong }
  } finally {
    for (const server of servers) await server.stop()
    postgres.stop()
    networks.remove()
  }
}

interface Night {
  readonly server: OpenSshServer
  readonly place: PostgresPlace | undefined
  readonly folder: string
}

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`

async function disturb(
  { workers, atOnce, kills, leaseSeconds, pause, seed, say }: LostMachines,
  { folder }: Night,
  networks: ReturnType<typeof openNetworks>,
  postgres: ReturnType<typeof startPostgres>,
): Promise<Omit<Came, 'wrong'>> {
  const random = seeded(seed)
  const machines = Array.from({ length: workers }, (_, n) => new Machine(folder, networks.within(n), atOnce))
  const begun = performance.now()
  const done = { kills: 0, restarts: 0, cuts: 0 }
  // The two that come once come in the first half, so that much is still to be done by then.
  const restartAt = random.between(1, Math.max(1, Math.floor(kills / 2)))
  const cutAt = random.between(1, Math.max(1, Math.floor(kills / 2)))
  const mended: Promise<void>[] = []
  let isCut: number | undefined
  await Promise.all(machines.map((machine) => machine.untilItRuns()))
  for (let n = 1; n <= kills && machines.some((one) => one.isUp); n++) {
    await sleep(random.between(...pause))
    if (n === cutAt) {
      const at = random.between(0, workers - 1)
      isCut = at
      done.cuts += 1
      const away = (leaseSeconds + 3) * 1000
      say(`${seconds(begun)}: worker ${at + 1} is cut from the network for ${away / 1000} s`)
      networks.cut(at)
      const back = networks.whyNot === undefined ? sleep(away) : machines[at]?.silence(away)
      mended.push(
        Promise.resolve(back).then(() => {
          networks.mend(at)
          say(`${seconds(begun)}: worker ${at + 1} is back`)
          isCut = undefined
        }),
      )
    }
    if (n === restartAt) {
      done.restarts += 1
      postgres.restart()
      say(`${seconds(begun)}: PostgreSQL went down and was started again`)
    }
    // The one that is cut off is left to find that out by itself.
    const others = machines.map((_, at) => at).filter((at) => at !== isCut && machines[at]?.isUp)
    const at = others[random.between(0, Math.max(0, others.length - 1))]
    if (at === undefined) continue
    done.kills += 1
    if (random.between(0, 2) === 0) {
      machines[at]?.killRuns()
      say(`${seconds(begun)}: what worker ${at + 1} runs is killed`)
    } else {
      await machines[at]?.lose()
      machines[at] = new Machine(folder, networks.within(at), atOnce)
      say(`${seconds(begun)}: worker ${at + 1} is killed with what it runs, and another takes its place`)
    }
  }
  await Promise.all(mended)
  await ended(machines)
  return done
}

async function ended(machines: readonly Machine[]): Promise<void> {
  for (const machine of machines) {
    const exit = await machine.ended
    if (exit !== 0) throw new Error(`a worker ended with ${exit}: ${machine.said.slice(-5).join('\n')}`)
  }
}

/** What a run says that was begun once more than another is no difference: which steps and runs there were, and who was told of what. */
const ofRuns: readonly string[] = ['runs', 'steps', 'audit entries']

async function stateOf({ place, folder, server }: Night): Promise<FinishedNight> {
  if (place !== undefined) await layOut(place, folder)
  const all = finishedNight({ folder, server })
  const parts = Object.entries(all).filter(([part]) => !ofRuns.includes(part))
  // Small files lie in the archive twice for a while: in their place, and together with others that were synced with them.
  const lasting = (thing: string): boolean => !thing.startsWith('"work/together~')
  return Object.fromEntries(parts.map(([part, things]) => [part, things.filter(lasting)]))
}

const asked = <T>(folder: string, sql: string): T[] => {
  const database = new Database(path.join(folder, 'state', 'matchbook.db'), { readonly: true })
  try {
    return database.prepare(sql).all() as T[]
  } finally {
    database.close()
  }
}

/** Files of a partner are taken in their order and answered in it, and the answers go out in it. */
function outOfOrder({ folder, server }: Night): string[] {
  const isRising = (list: readonly (string | number)[]) => list.every((one, n) => n === 0 || (list[n - 1] ?? '') < one)
  const wrong: string[] = []
  const check = (what: string, rows: readonly { readonly stream: string; readonly one: string | number }[]) => {
    const streams = new Map<string, (string | number)[]>()
    for (const { stream, one } of rows) streams.set(stream, [...(streams.get(stream) ?? []), one])
    for (const [stream, list] of streams)
      if (!isRising(list)) wrong.push(`out of order, ${what} of ${stream}: ${list.join(' ')}`)
    if (streams.size === 0) wrong.push(`no ${what}`)
  }
  check('files taken', asked(folder, "SELECT partner stream, name one FROM files WHERE input = 'invoices' ORDER BY id"))
  check('answers queued', asked(folder, 'SELECT folder stream, name one FROM outbox WHERE load_id IS NULL ORDER BY id'))
  check(
    'answers sent',
    asked(
      folder,
      `SELECT o.folder stream, o.id one FROM audit a JOIN outbox o ON o.name = a.subject AND o.load_id IS NULL
       WHERE a.action IN ('pushed', 'found already there') ORDER BY a.sequence`,
    ),
  )
  // The n-th answer that a partner got, by its control number, answers the n-th interchange it sent.
  const suppliers = path.join(server.root, 'suppliers')
  for (const partner of readdirSync(suppliers)) {
    const answers = readdirSync(path.join(suppliers, partner, 'inbound')).map((name) => {
      const text = readFileSync(path.join(suppliers, partner, 'inbound', name), 'latin1')
      return [/^ISA(?:\*[^*]*){12}\*(\d{9})/, /AK1\*IN\*(\d+)/].map((pattern) => Number(pattern.exec(text)?.[1]))
    })
    const odd = answers.find(([own, answered]) => own !== answered)
    if (odd !== undefined) wrong.push(`answer ${odd[0]} to ${partner} answers interchange ${odd[1]}`)
  }
  return wrong
}

function counted({ folder }: Night): string {
  const [row] = asked<Record<string, number>>(
    folder,
    `SELECT (SELECT COUNT(*) FROM files WHERE input = 'invoices') files, (SELECT COUNT(*) FROM documents) documents,
      (SELECT COUNT(*) FROM exceptions) exceptions, (SELECT COUNT(*) FROM load_invoices) loaded,
      (SELECT COUNT(*) FROM outbox WHERE status = 'sent' AND load_id IS NULL) answers,
      (SELECT COUNT(*) FROM loads) loads`,
  )
  const { files, documents, exceptions, loaded, answers, loads } = row ?? {}
  return `${files} files taken in, ${documents} invoices, ${exceptions} exceptions, ${loaded} invoices in ${loads} loads, ${answers} answers sent`
}

/** Seconds that the steps of all runs took together; of one that was taken up again its last try. */
function stepTimes(folder: string): string[] {
  const rows = asked<{ kind: string; name: string; seconds: number; runs: number }>(
    folder,
    `SELECT kind, name, COUNT(*) runs, SUM(julianday(steps.finished_at) - julianday(steps.started_at)) * 86400 seconds
     FROM steps JOIN runs ON runs.id = run_id GROUP BY kind, name ORDER BY kind DESC, MIN(steps.started_at)`,
  )
  return rows
    .filter((row) => row.seconds >= 0.1)
    .map((row) => `${row.kind} ${row.name}: ${row.seconds.toFixed(1)} s in ${row.runs} runs`)
}
