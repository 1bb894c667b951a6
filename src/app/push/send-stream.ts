import { MatchbookError } from '../../errors/index.js'
import {
  classOf,
  clearLeftOvers,
  type Endpoint,
  isEndpointDown,
  type PushItem,
  pushFiles,
  type Sent,
} from '../../exchange/index.js'
import { appendAudits, bindOutbox, type OutboxRow, outboxFailed, outboxNames, outboxSent } from '../../state/index.js'
import { type Asking, foundDown, foundUp, refusalOf } from '../endpoint-health.js'
import { transfersAt } from '../pull/transfers-at.js'
import type { Failure } from '../run-summary.js'
import { isCutOff } from '../runs/cut-off-run.js'
import type { Tools } from '../tools.js'
import { destinationAt, type Place } from './destination.js'

/** What came of a stream; what is not sent stays queued. A failure may be that of the first place, and the file sent to the second. */
export interface Sending {
  readonly sent: readonly OutboxRow[]
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

/** A file of the outbox on its way to a place. */
interface Going extends PushItem {
  readonly row: OutboxRow
}

const MIB = 1024 * 1024

/**
 * Sends the files of one stream, in order, to where they are meant to go, or, while that cannot be reached, to the fallback. Before a
 * file may stand anywhere under its name the store knows where: from then on it goes there and nowhere else, so that no two places ever
 * have it. The first that cannot go holds back those behind it.
 */
export async function sendStream(
  rows: readonly OutboxRow[],
  meant: Place,
  drain: Drain,
  asking: Asking,
  tools: Tools,
): Promise<Sending> {
  const { fallback, largest = Number.POSITIVE_INFINITY, readBack } = destinationAt(meant, tools.workspace)
  const sent = new Set<OutboxRow>()
  const failures: Failure[] = []
  const healed: string[] = []
  const bound = new Map(rows.flatMap((row) => (row.bound_to === null ? [] : [[row, boundPlace(row, row.bound_to)]])))

  for (const some of together(rows, (row) =>
    row.size > largest ? 'too large' : JSON.stringify(bound.get(row) ?? {}),
  )) {
    const [first] = some
    if (first !== undefined && first.size > largest) failures.push(await tooLarge(first))
    else await sendAll(some)
    if (some.some((row) => !sent.has(row))) break
  }
  return { sent: rows.filter((row) => sent.has(row)), failures, healed }

  /** Files that may go to the same places. */
  async function sendAll(some: readonly OutboxRow[]): Promise<void> {
    const only = some[0] && bound.get(some[0])
    for (const place of only === undefined ? [meant, ...(fallback === undefined ? [] : [fallback])] : [only]) {
      const known = drain.down.get(place.endpoint)
      const refusal = known === undefined ? await refusalOf(place.endpoint, asking, tools) : { code: known }
      if (refusal?.failure !== undefined) failures.push(refusal.failure)
      const left = some.filter((row) => !sent.has(row))
      const outcome = refusal === undefined ? await sendTo(place, left) : wayRound(refusal.code)
      if (outcome !== 'may go round') return
    }
  }

  async function sendTo(place: Place, some: readonly OutboxRow[]): Promise<'sent' | 'waits' | 'may go round'> {
    const { folder } = place
    try {
      const endpoint = await tools.endpoint(place.endpoint)
      await clearOnce(endpoint, place)
      const going = some.map((row): Going => {
        const { local_file: localFile, name, sha256, size } = row
        return { row, localFile, folder, name, sha256, size }
      })
      await pushFiles(endpoint, going, {
        readBack,
        ...transfersAt(place.endpoint, tools),
        beforeRename: (now) => bind(now, place),
        arrived: (now) => book(now, place),
      })
      await noteUp(place)
      return 'sent'
    } catch (error) {
      const failed = some.find((row) => !sent.has(row))
      if (!(error instanceof MatchbookError) || isCutOff(error) || failed === undefined) throw error
      await outboxFailed(tools.state.database, failed, `${error.code}: ${error.message}`)
      const isDown = isEndpointDown(error)
      // What ails the endpoint itself is told once, not for each file that waits for it.
      failures.push(failureOf(isDown ? place.endpoint : `${failed.name} to ${place.endpoint}`, error))
      if (isDown) {
        drain.down.set(place.endpoint, error.code)
        await foundDown(place.endpoint, error, asking, tools)
      } else await noteUp(place)
      return bound.has(failed) || !isDown ? 'waits' : wayRound(error.code)
    }
  }

  async function bind(going: readonly Going[], place: Place): Promise<void> {
    const news = going.map(({ row }) => row).filter((row) => !bound.has(row))
    if (news.length > 0) await bindOutbox(tools.state.database, news, place)
    for (const row of news) bound.set(row, place)
  }

  async function noteUp({ endpoint }: Place): Promise<void> {
    const said = await foundUp(endpoint, asking, tools)
    if (said !== undefined) healed.push(said)
  }

  /** Of files meant for where this stream goes: two endpoints may be one folder, and another run may push to the other. */
  async function clearOnce(endpoint: Endpoint, { folder }: Place): Promise<void> {
    const key = JSON.stringify([meant.endpoint, endpoint.name, folder])
    if (drain.cleared.has(key)) return
    try {
      const removed = await clearLeftOvers(endpoint, folder, (names) =>
        outboxNames(tools.state.database, meant.endpoint, names),
      )
      if (removed > 0) tools.log.info({ endpoint: endpoint.name, folder, removed }, 'left-overs of a crash removed')
      drain.cleared.add(key)
    } catch (error) {
      // Where we may not list or remove, they stay: nothing depends on it.
      if (!(error instanceof MatchbookError) || isEndpointDown(error)) throw error
      drain.cleared.add(key)
    }
  }

  async function book(now: readonly Sent<Going>[], { endpoint, folder }: Place): Promise<void> {
    const at = tools.now()
    const entries = now.map(({ item: { row }, how }) => {
      const { name, sha256, size } = row
      const instead = endpoint === row.endpoint ? {} : { instead: row.endpoint }
      const action = how === 'already-there' ? 'found already there' : 'pushed'
      return { at, actor: 'push', action, subject: name, detail: { endpoint, folder, sha256, size, ...instead } }
    })
    const some = now.map(({ item }) => item.row)
    // One process at a time pushes to an endpoint.
    await tools.state.besideOthers([], async (transaction) => {
      await outboxSent(transaction, some, at)
      await appendAudits(transaction, entries)
    })
    for (const row of some) sent.add(row)
  }

  async function tooLarge(row: OutboxRow): Promise<Failure> {
    const message = `${row.name} has ${row.size} bytes; ${row.endpoint}:${row.folder} takes ${largest / MIB} MiB at most`
    const error = new MatchbookError('FILE-TOO-LARGE', message)
    await outboxFailed(tools.state.database, row, `${error.code}: ${error.message}`)
    return failureOf(`${row.name} to ${row.endpoint}`, error)
  }
}

const boundPlace = ({ folder, bound_folder }: OutboxRow, endpoint: string): Place => ({
  endpoint,
  folder: bound_folder ?? folder,
})

/** Neighbours of one kind. */
function together(rows: readonly OutboxRow[], kind: (row: OutboxRow) => string): OutboxRow[][] {
  const groups: { kind: string; rows: OutboxRow[] }[] = []
  for (const row of rows) {
    const last = groups.at(-1)
    if (last?.kind === kind(row)) last.rows.push(row)
    else groups.push({ kind: kind(row), rows: [row] })
  }
  return groups.map((group) => group.rows)
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
