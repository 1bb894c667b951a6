import { hostname } from 'node:os'
import { MatchbookError } from '../../errors/index.js'
import { allWorkers, appendAudit, openWork, reviveWork, type State } from '../../state/index.js'
import type { Reading } from '../reading.js'
import { actingPerson } from '../roles/acting-person.js'
import { assertMay } from '../roles/who-may.js'

/** A worker as the store knows it. Instants are ISO, UTC. */
export interface KnownWorker {
  readonly worker: string
  readonly host: string
  readonly pid: number
  readonly version: string
  readonly since: string
  readonly seen: string
  /** gone: not heard of for longer than the leases last; its work is free. */
  readonly status: 'working' | 'draining' | 'gone'
  readonly doing: readonly string[]
}

export interface PieceOfWork {
  readonly id: number
  readonly job: string
  readonly scheduledFor: string
  readonly status: 'ready' | 'claimed' | 'dead'
  readonly worker: string | null
  readonly attempts: number
  /** Not before, for what is ready. */
  readonly notBefore: string
  readonly lastError: string | null
}

export interface WorkAndWorkers {
  readonly workers: readonly KnownWorker[]
  readonly work: readonly PieceOfWork[]
}

/** What is due and who does it. */
export async function workAndWorkers(state: Pick<State, 'database' | 'clock'>): Promise<WorkAndWorkers> {
  const rows = await openWork(state.database)
  const workers = await allWorkers(state.database)
  if (rows.length + workers.length === 0) return { workers: [], work: [] }
  const now = await state.clock()
  return {
    workers: workers.map((worker) => ({
      worker: worker.id,
      host: worker.host,
      pid: worker.pid,
      version: worker.version,
      since: worker.started_at,
      seen: worker.seen_at,
      status: worker.expires_at < now ? 'gone' : worker.status,
      doing: rows.filter((row) => row.status === 'claimed' && row.worker === worker.id).map(({ job }) => job),
    })),
    work: rows.flatMap((row) =>
      row.status === 'done'
        ? []
        : [
            {
              id: row.id,
              job: row.job,
              scheduledFor: row.scheduled_for,
              status: row.status,
              worker: row.worker,
              attempts: row.attempts,
              notBefore: row.not_before,
              lastError: row.last_error,
            },
          ],
    ),
  }
}

/** Makes work that was given up ready again. @throws WORK-UNKNOWN unless it was */
export async function retryWork(id: number, { workspace, state, now }: Reading): Promise<{ readonly work: number }> {
  assertMay('run', workspace.settings)
  const at = await state.clock()
  await state.database.transaction().execute(async (database) => {
    if (!(await reviveWork(database, id, at)))
      throw new MatchbookError('WORK-UNKNOWN', `${id} is no work that was given up`, { facts: { work: id } })
    const actor = actingPerson(undefined, { host: hostname() })
    await appendAudit(database, { at: now(), actor, action: 'work tried again', subject: String(id), detail: {} })
  })
  return { work: id }
}
