import type { Telemetry } from '../../config/index.js'
import { lineageEventFailed, lineageEventTaken, queueLineageEvent, waitingLineageEvents } from '../../state/index.js'
import { leaseOrNot } from '../leases/lease-or-not.js'
import type { Tools } from '../tools.js'
import { headersOf } from './headers-of.js'
import type { LineageEvent } from './lineage-event.js'
import { reasonOf } from './told.js'

type Settings = NonNullable<Telemetry['openlineage']>

/** Events kept for a server that is away: of some thousand runs. */
const MOST = 2000
/** Events, and milliseconds, of one pass: what is more waits for the next. */
const PASS = 200
const LONGEST = 20_000
/** Minutes until the next try after the first, second ... failure; then always the last. */
const PAUSES = [1, 5, 15, 60]

/** Keeps an event for the server. It outlives the run, this process, and the server being away. */
export async function queueLineage(run: string, event: LineageEvent, tools: Tools): Promise<void> {
  const { state, log } = tools
  const row = { run_id: run, event: JSON.stringify(event), queued_at: tools.now() }
  const given = await queueLineageEvent(state.database, row, MOST)
  if (given > 0) log.warn(`${given} events of OpenLineage were given up: more than ${MOST} wait for the server`)
}

/**
 * Sends the server what waits, in the order in which it was said. An event that cannot be sent holds up those behind it and is tried again
 * after a while; one that the server will never take is put aside. Nothing here is worth failing a night for.
 */
export async function sendLineage(tools: Tools): Promise<void> {
  const settings = tools.workspace.settings.telemetry?.openlineage
  if (settings?.url === undefined) return
  try {
    if (!(await isDue(tools))) return
    const lease = await leaseOrNot('lineage.send', tools)
    if (lease === undefined) return
    try {
      await sendWaiting(settings.url, settings, tools)
    } finally {
      await lease.release()
    }
  } catch (error) {
    tools.log.warn(`OpenLineage was not told what waits: ${reasonOf(error)}`)
  }
}

async function isDue({ state, now }: Tools): Promise<boolean> {
  const [first] = await waitingLineageEvents(state.database, 1)
  return first !== undefined && first.not_before <= now()
}

async function sendWaiting(url: string, settings: Settings, tools: Tools): Promise<void> {
  const { database } = tools.state
  const until = performance.now() + LONGEST
  // Again, with the lease: another process may have sent some in between.
  const waiting = (await isDue(tools)) ? await waitingLineageEvents(database, PASS) : []
  for (const row of waiting) {
    if (performance.now() > until) return
    const failure = await post(url, settings, row.event, tools)
    if (failure === undefined) {
      await lineageEventTaken(database, row.id)
      continue
    }
    const pause = PAUSES[Math.min(row.attempts, PAUSES.length - 1)] ?? 60
    const notBefore = new Date(Date.parse(tools.now()) + pause * 60_000).toISOString()
    await lineageEventFailed(database, row.id, { ...failure, notBefore })
    tools.log.warn(
      failure.refused
        ? `${url} does not take an event of run ${row.run_id}: ${failure.error}; it is put aside`
        : `${url} was not told of run ${row.run_id}: ${failure.error}; the night goes on, and it is told later`,
    )
    if (!failure.refused) return
  }
}

/** Answers that say something of the event itself, not of the server, the address or the login. */
const REFUSED = new Set([400, 406, 411, 413, 415, 422])

/** Undefined: the server has it. */
async function post(
  url: string,
  settings: Settings,
  body: string,
  tools: Tools,
): Promise<{ readonly error: string; readonly refused: boolean } | undefined> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(await headersOf(settings.headers, tools)) },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(settings['timeout-seconds'] * 1000),
    })
    await answer.body?.cancel()
    if (answer.ok) return undefined
    return { error: `it answered ${answer.status} ${answer.statusText}`, refused: REFUSED.has(answer.status) }
  } catch (error) {
    return { error: reasonOf(error), refused: false }
  }
}
