import { MatchbookError } from '../errors/index.js'
import type { Endpoint } from '../exchange/index.js'
import { pushFile } from '../exchange/index.js'
import { appendAudit, type OutboxRow, outboxFailed, outboxSent, waitingOutbox } from '../state/index.js'
import type { Run, StepResult } from './run.js'
import type { Failure } from './run-summary.js'
import type { Tools } from './tools.js'

export interface Pushed {
  /** Names of the files. */
  readonly sent: readonly string[]
  /** Ids of the loads among them. */
  readonly loads: readonly string[]
  readonly failures: readonly Failure[]
}

/**
 * Drains the outbox in the order of queueing. What cannot go out now stays queued, and so does everything behind it for the same
 * place, so that the order is kept; other places go on.
 */
export async function pushOutbox(_run: Pick<Run, 'id'>, tools: Tools): Promise<StepResult<Pushed>> {
  const sent: string[] = []
  const loads: string[] = []
  const failures: Failure[] = []
  const blocked = new Set<string>()
  for (const item of await waitingOutbox(tools.state.database)) {
    const place = `${item.endpoint}:${item.folder}`
    if (blocked.has(place)) continue
    const failure = await pushOne(item, tools)
    if (failure === undefined) {
      sent.push(item.name)
      if (item.load_id !== null) loads.push(item.load_id)
    } else {
      failures.push(failure)
      blocked.add(place)
    }
  }
  const waiting = failures.length > 0 ? `; ${failures.length} places failed, their files wait` : ''
  return {
    output: { sent, loads, failures },
    said: sent.length === 0 && waiting === '' ? 'nothing to push' : `${sent.length} pushed and confirmed${waiting}`,
  }
}

async function pushOne(item: OutboxRow, tools: Tools): Promise<Failure | undefined> {
  const { database } = tools.state
  try {
    const endpoint: Endpoint = await tools.endpoint(item.endpoint)
    const how = await pushFile(endpoint, {
      localFile: item.local_file,
      folder: item.folder,
      name: item.name,
      sha256: item.sha256,
      size: item.size,
    })
    await database.transaction().execute(async (transaction) => {
      const now = tools.now()
      await outboxSent(transaction, item, now)
      await appendAudit(transaction, {
        at: now,
        actor: 'push',
        action: how === 'already-there' ? 'found already there' : 'pushed',
        subject: item.name,
        detail: { endpoint: item.endpoint, folder: item.folder, sha256: item.sha256, size: item.size },
      })
    })
    return undefined
  } catch (error) {
    if (!(error instanceof MatchbookError)) throw error
    await outboxFailed(database, item, `${error.code}: ${error.message}`)
    return { subject: `${item.name} to ${item.endpoint}`, code: error.code, message: error.message, hint: error.hint }
  }
}
