import { setTimeout as sleep } from 'node:timers/promises'
import { endpointsAwaited, type Lease, type OutboxRow, waitingFor, waitingPlaces } from '../../state/index.js'
import { type Asking, assertNotAway } from '../endpoint-health.js'
import { partOrNot } from '../leases/lease-or-not.js'
import type { StepResult } from '../run.js'
import type { Failure } from '../run-summary.js'
import type { Tools } from '../tools.js'
import { destinationAt, type Place } from './destination.js'
import { type Drain, sendStream } from './send-stream.js'

export interface Pushed {
  /** Names of the files. */
  readonly sent: readonly string[]
  /** Ids of the loads among them. */
  readonly loads: readonly string[]
  readonly failures: readonly Failure[]
  /** Endpoints that answer again, in words. */
  readonly healed?: readonly string[]
}

/** Who pushes: a run of a job, or a person by hand. */
export interface Pushing extends Asking {
  readonly row?: { readonly job: string }
}

/** So long one run waits for another to have pushed; milliseconds. */
const PATIENCE = 60_000

/**
 * Drains the outbox, stream by stream, each in the order of queueing. What cannot go out now stays queued, and so does everything behind it
 * for the same place, so that the order is kept; other places go on. An endpoint that is down is asked once a run, whatever waits for it.
 * One process at a time pushes to an endpoint. Where that is another, what waits there is its business, unless it was queued by the job
 * that is run.
 */
export async function pushOutbox(run: Pushing, tools: Tools): Promise<StepResult<Pushed>> {
  const pusher = new Pusher(run, tools)
  const until = performance.now() + PATIENCE
  const places = await waitingPlaces(tools.state.database)
  let left = [...new Set(places.map(({ endpoint }) => endpoint))]
  const oldest = places[0]?.oldest ?? 0
  pusher.expect(places.reduce((sum, { files }) => sum + files, 0))
  let elsewhere: string[] = []
  for (;;) {
    const busy: string[] = []
    for (const endpoint of left) if (!(await pusher.pushTo(endpoint, oldest))) busy.push(endpoint)
    const awaited = busy.length === 0 ? busy : await ours(busy)
    elsewhere = [...new Set([...elsewhere, ...busy])].filter((endpoint) => !awaited.includes(endpoint))
    left = awaited
    if (left.length === 0 || performance.now() > until) break
    await sleep(100)
  }
  return pusher.end([...elsewhere, ...left].sort())

  async function ours(busy: readonly string[]): Promise<string[]> {
    if (run.row === undefined) return [...busy]
    const awaited = await endpointsAwaited(tools.state.database, run.row.job, oldest)
    return busy.filter((endpoint) => awaited.has(endpoint))
  }
}

class Pusher {
  readonly #sent: OutboxRow[] = []
  readonly #failures: Failure[] = []
  readonly #healed: string[] = []
  readonly #learnt: Drain = { cleared: new Set(), down: new Map() }
  #waiting = 0
  #expected = 0

  constructor(
    private readonly run: Pushing,
    private readonly tools: Tools,
  ) {}

  expect(files: number): void {
    this.#expected = files
  }

  /** All that waits for the endpoint. @returns false while another pushes there */
  async pushTo(endpoint: string, oldest: number): Promise<boolean> {
    const { database } = this.tools.state
    const reach = this.#reach(endpoint, await waitingFor(database, endpoint, oldest))
    const leases = await this.#hold(reach)
    if (leases === undefined) return false
    try {
      // What another has sent until now does not wait any more.
      const rows = await waitingFor(database, endpoint, oldest)
      // It may have been bound to a place that is not held: it is looked at anew.
      if (this.#reach(endpoint, rows).some((name) => !reach.includes(name))) return false
      for (const stream of streams(rows)) await this.#send(stream)
      return true
    } finally {
      await release(leases)
    }
  }

  async end(elsewhere: readonly string[]): Promise<StepResult<Pushed>> {
    if (this.#failures.length > 0) await assertNotAway(this.tools)
    const [many, waiting] = [this.#sent.length, this.#waiting]
    const parts = [
      ...(many + waiting + elsewhere.length === 0 ? ['nothing to push'] : []),
      ...(many + waiting === 0 ? [] : [`${many} pushed and confirmed`]),
      ...(waiting === 0 ? [] : [`${waiting === 1 ? '1 file waits' : `${waiting} files wait`}`]),
      ...(elsewhere.length === 0
        ? []
        : [`another run pushes to ${elsewhere.join(', ')}: what waits there goes with it or the next`]),
      ...this.#healed,
    ]
    const sent = this.#sent.map(({ name }) => name)
    const loads = this.#sent.flatMap(({ load_id }) => load_id ?? [])
    return { output: { sent, loads, failures: this.#failures, healed: this.#healed }, said: parts.join('; ') }
  }

  async #send({ rows, ...place }: Stream): Promise<void> {
    this.tools.progress.advance(this.#sent.length + this.#waiting, this.#expected, 'files')
    const sending = await sendStream(rows, place, this.#learnt, this.run, this.tools)
    for (const one of sending.failures) this.#failures.push(one)
    for (const one of sending.healed) this.#healed.push(one)
    for (const one of sending.sent) this.#sent.push(one)
    this.#waiting += rows.length - sending.sent.length
  }

  /** Endpoints that files for this one may go to: itself, fallbacks, and where some may stand already. */
  #reach(endpoint: string, rows: readonly OutboxRow[]): string[] {
    const places = new Map(rows.map((row) => [JSON.stringify([row.folder, row.bound_to]), row]))
    const reach = [...places.values()].flatMap(({ folder, bound_to }) => {
      const { fallback } = destinationAt({ endpoint, folder }, this.tools.workspace)
      return [bound_to ?? endpoint, fallback?.endpoint ?? endpoint]
    })
    return [...new Set([endpoint, ...reach])].sort()
  }

  /** All of them or none, so that nobody waits for another who waits for it. No job has a dot in its name. */
  async #hold(endpoints: readonly string[]): Promise<Lease[] | undefined> {
    const leases: Lease[] = []
    try {
      for (const endpoint of endpoints) {
        const lease = await partOrNot('push.outbox', endpoint, this.tools)
        if (lease === undefined) {
          await release(leases)
          return undefined
        }
        leases.push(lease)
      }
      return leases
    } catch (error) {
      await release(leases)
      throw error
    }
  }
}

async function release(leases: readonly Lease[]): Promise<void> {
  for (const lease of leases) await lease.release()
}

/** What goes to one folder of one endpoint. */
interface Stream extends Place {
  readonly rows: OutboxRow[]
}

function streams(waiting: readonly OutboxRow[]): Iterable<Stream> {
  const byFolder = new Map<string, Stream>()
  for (const row of waiting) {
    const { endpoint, folder } = row
    const stream = byFolder.get(folder) ?? { endpoint, folder, rows: [] }
    stream.rows.push(row)
    byFolder.set(folder, stream)
  }
  return byFolder.values()
}
