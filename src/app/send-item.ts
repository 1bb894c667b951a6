import { MatchbookError } from '../errors/index.js'
import { classOf, clearLeftOvers, type Endpoint, isEndpointDown, pushFile } from '../exchange/index.js'
import { appendAudit, bindOutbox, type OutboxRow, outboxFailed, outboxNames, outboxSent } from '../state/index.js'
import { destinationAt, type Place } from './destination.js'
import { type Asking, foundDown, foundUp, refusalOf } from './endpoint-health.js'
import type { Failure } from './run-summary.js'
import type { Tools } from './tools.js'

/** What came of one file of the outbox; unsent it stays queued. A failure may be that of the first place, and the file sent to the second. */
export interface Sending {
  readonly sent: boolean
  readonly failures: readonly Failure[]
  readonly healed: readonly string[]
}

/** What one draining of the outbox has learnt. */
export interface Drain {
  /** Places whose left-overs are cleared. */
  readonly cleared: Set<string>
  /** Endpoints found down, and by which code: not asked again for what else waits, however much whoever asks insists. */
  readonly down: Map<string, Failure['code']>
}

const MIB = 1024 * 1024

/**
 * Sends a file to where it is meant to go, or, while that cannot be reached, to its fallback. Before it may stand anywhere under its
 * name the store knows where: from then on it goes there and nowhere else, so that no two places ever have it.
 */
export async function sendItem(item: OutboxRow, drain: Drain, asking: Asking, tools: Tools): Promise<Sending> {
  const meant: Place = { endpoint: item.endpoint, folder: item.folder }
  const { fallback, largest, readBack } = destinationAt(meant, tools.workspace)
  if (largest !== undefined && item.size > largest) return { sent: false, failures: [await tooLarge()], healed: [] }
  const bound = item.bound_to === null ? [] : [{ endpoint: item.bound_to, folder: item.bound_folder ?? item.folder }]
  const places = bound.length > 0 ? bound : [meant, ...(fallback === undefined ? [] : [fallback])]
  const failures: Failure[] = []
  const healed: string[] = []

  for (const place of places) {
    const known = drain.down.get(place.endpoint)
    const refusal = known === undefined ? await refusalOf(place.endpoint, asking, tools) : { code: known }
    if (refusal?.failure !== undefined) failures.push(refusal.failure)
    const outcome = refusal === undefined ? await sendTo(place) : wayRound(refusal.code)
    if (outcome === 'sent') return { sent: true, failures, healed }
    if (outcome === 'waits') break
  }
  return { sent: false, failures, healed }

  async function sendTo(place: Place): Promise<'sent' | 'waits' | 'may go round'> {
    let isBound = bound.length > 0
    try {
      const endpoint = await tools.endpoint(place.endpoint)
      await clearOnce(endpoint, place)
      const { local_file: localFile, name, sha256, size } = item
      const how = await pushFile(
        endpoint,
        { localFile, folder: place.folder, name, sha256, size },
        {
          readBack,
          async beforeRename() {
            if (!isBound) await bindOutbox(tools.state.database, item, place)
            isBound = true
          },
        },
      )
      await book(place, how)
      await noteUp(place)
      return 'sent'
    } catch (error) {
      if (!(error instanceof MatchbookError)) throw error
      await outboxFailed(tools.state.database, item, `${error.code}: ${error.message}`)
      const isDown = isEndpointDown(error)
      // What ails the endpoint itself is told once, not for each file that waits for it.
      failures.push(failureOf(isDown ? place.endpoint : `${item.name} to ${place.endpoint}`, error))
      if (isDown) {
        drain.down.set(place.endpoint, error.code)
        await foundDown(place.endpoint, error, asking, tools)
      } else await noteUp(place)
      return isBound || !isDown ? 'waits' : wayRound(error.code)
    }
  }

  async function noteUp({ endpoint }: Place): Promise<void> {
    const said = await foundUp(endpoint, asking, tools)
    if (said !== undefined) healed.push(said)
  }

  async function clearOnce(endpoint: Endpoint, { folder }: Place): Promise<void> {
    const key = JSON.stringify([endpoint.name, folder])
    if (drain.cleared.has(key)) return
    try {
      const removed = await clearLeftOvers(endpoint, folder, (names) => outboxNames(tools.state.database, names))
      if (removed > 0) tools.log.info({ endpoint: endpoint.name, folder, removed }, 'left-overs of a crash removed')
      drain.cleared.add(key)
    } catch (error) {
      // Where we may not list or remove, they stay: nothing depends on it.
      if (!(error instanceof MatchbookError) || isEndpointDown(error)) throw error
      drain.cleared.add(key)
    }
  }

  async function book({ endpoint, folder }: Place, how: 'sent' | 'already-there'): Promise<void> {
    const { name, sha256, size } = item
    const instead = endpoint === item.endpoint ? {} : { instead: item.endpoint }
    await tools.state.database.transaction().execute(async (transaction) => {
      const now = tools.now()
      await outboxSent(transaction, item, now)
      await appendAudit(transaction, {
        at: now,
        actor: 'push',
        action: how === 'already-there' ? 'found already there' : 'pushed',
        subject: name,
        detail: { endpoint, folder, sha256, size, ...instead },
      })
    })
  }

  async function tooLarge(): Promise<Failure> {
    const message = `${item.name} has ${item.size} bytes; ${item.endpoint}:${item.folder} takes ${(largest ?? 0) / MIB} MiB at most`
    const error = new MatchbookError('LOAD-LINT', message, {
      hint: 'Raise largest-mb with the consent of whoever takes it; the file waits, and what comes after it',
    })
    await outboxFailed(tools.state.database, item, `${error.code}: ${error.message}`)
    return failureOf(`${item.name} to ${item.endpoint}`, error)
  }
}

/** Only where there is no way; who refuses us is not passed over. */
const wayRound = (code: Failure['code']): 'waits' | 'may go round' =>
  ['connect', 'transfer'].includes(classOf(code)) ? 'may go round' : 'waits'

const failureOf = (subject: string, { code, message, hint }: MatchbookError): Failure => ({
  subject,
  code,
  message,
  hint,
})
