import { setTimeout as sleep } from 'node:timers/promises'
import { MatchbookError } from '../errors/index.js'
import { type Lease, type OutboxRow, waitingOutbox } from '../state/index.js'
import type { Place } from './destination.js'
import { type Asking, assertNotAway } from './endpoint-health.js'
import type { StepResult } from './run.js'
import type { Failure } from './run-summary.js'
import { sendStream } from './send-stream.js'
import type { Tools } from './tools.js'

export interface Pushed {
  /** Names of the files. */
  readonly sent: readonly string[]
  /** Ids of the loads among them. */
  readonly loads: readonly string[]
  readonly failures: readonly Failure[]
  /** Endpoints that answer again, in words. */
  readonly healed?: readonly string[]
}

/**
 * Drains the outbox, stream by stream, each in the order of queueing. What cannot go out now stays queued, and so does everything behind it for the same
 * place, so that the order is kept; other places go on. An endpoint that is down is asked once a run, whatever waits for it.
 */
export async function pushOutbox(run: Asking, tools: Tools): Promise<StepResult<Pushed>> {
  const lease = await leaseOfOutbox(tools)
  if (lease === undefined) {
    return {
      output: { sent: [], loads: [], failures: [] },
      said: 'another run is pushing: what waits goes with the next',
    }
  }
  try {
    return await drain(run, tools)
  } finally {
    await lease.release()
  }
}

async function drain(run: Asking, tools: Tools): Promise<StepResult<Pushed>> {
  const sent: string[] = []
  const loads: string[] = []
  const failures: Failure[] = []
  const healed: string[] = []
  const learnt = { cleared: new Set<string>(), down: new Map<string, Failure['code']>() }
  let waiting = 0
  const queued = await waitingOutbox(tools.state.database)
  for (const { rows, ...place } of streams(queued)) {
    tools.progress.advance(sent.length + waiting, queued.length, 'files')
    const sending = await sendStream(rows, place, learnt, run, tools)
    failures.push(...sending.failures)
    healed.push(...sending.healed)
    sent.push(...sending.sent.map(({ name }) => name))
    loads.push(...sending.sent.flatMap(({ load_id }) => load_id ?? []))
    waiting += rows.length - sending.sent.length
  }
  if (failures.length > 0) await assertNotAway(tools)
  const parts = [
    ...(sent.length === 0 && waiting === 0 ? ['nothing to push'] : [`${sent.length} pushed and confirmed`]),
    ...(waiting === 0 ? [] : [`${waiting === 1 ? '1 file waits' : `${waiting} files wait`}`]),
    ...healed,
  ]
  return { output: { sent, loads, failures, healed }, said: parts.join('; ') }
}

/** What goes to one folder of one endpoint. */
interface Stream extends Place {
  readonly rows: OutboxRow[]
}

function streams(waiting: readonly OutboxRow[]): Iterable<Stream> {
  const byPlace = new Map<string, Stream>()
  for (const row of waiting) {
    const { endpoint, folder } = row
    const key = JSON.stringify([endpoint, folder])
    const stream = byPlace.get(key) ?? { endpoint, folder, rows: [] }
    stream.rows.push(row)
    byPlace.set(key, stream)
  }
  return byPlace.values()
}

/** So long one run waits for another to have pushed; milliseconds. */
const PATIENCE = 60_000

/** The outbox is that of the whole workspace: two runs that pushed the same file at once would write into each other. */
async function leaseOfOutbox(tools: Tools): Promise<Lease | undefined> {
  const until = performance.now() + PATIENCE
  for (;;) {
    try {
      // No job has a dot in its name.
      return await tools.takeLease('push.outbox')
    } catch (error) {
      if (!(error instanceof MatchbookError && error.code === 'RUN-ACTIVE')) throw error
      if (performance.now() > until) return undefined
      await sleep(100)
    }
  }
}
