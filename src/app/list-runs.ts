import { MatchbookError } from '../errors/index.js'
import { listRuns as fromStore, showRun as oneFromStore, type RunKind, tombstoneOf } from '../state/index.js'
import { purgedWords } from './purged-words.js'
import type { Reading } from './reading.js'

export interface RunListing {
  readonly id: string
  readonly job: string
  readonly kind: RunKind
  readonly asOf: string
  readonly status: string
  readonly startedAt: string
  readonly finishedAt: string | null
  readonly error: string | null
}

export async function listRuns({ state }: Reading, limit: number, job?: string): Promise<RunListing[]> {
  return (await fromStore(state.database, limit, job)).map((run) => ({
    id: run.id,
    job: run.job,
    kind: run.kind,
    asOf: run.as_of,
    status: run.status,
    startedAt: run.started_at,
    finishedAt: run.finished_at,
    error: run.error,
  }))
}

export interface RunDetail extends RunListing {
  readonly steps: readonly {
    readonly name: string
    readonly startedAt: string
    readonly finishedAt: string
    readonly said: string
  }[]
  readonly summary: unknown
  /** When its steps and summary were purged, in words. */
  readonly purged: string | null
}

/** @throws RUN-UNKNOWN */
export async function showRun({ state }: Reading, id: string): Promise<RunDetail> {
  const found = await oneFromStore(state.database, id)
  if (found === undefined) throw new MatchbookError('RUN-UNKNOWN', `there is no run ${id}`)
  const { run, steps } = found
  const gone = await tombstoneOf(state.database, 'logs', id)
  return {
    id: run.id,
    job: run.job,
    kind: run.kind,
    asOf: run.as_of,
    status: run.status,
    startedAt: run.started_at,
    finishedAt: run.finished_at,
    error: run.error,
    purged: gone === undefined ? null : purgedWords(gone.purged_at, gone.purged_under),
    steps: steps.map(({ name, started_at, finished_at, output }) => ({
      name,
      startedAt: started_at,
      finishedAt: finished_at,
      said: (JSON.parse(output) as { said: string }).said,
    })),
    summary: run.summary === null ? null : JSON.parse(run.summary),
  }
}
