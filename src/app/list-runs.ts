import { MatchbookError } from '../errors/index.js'
import { listRuns as fromStore, showRun as oneFromStore } from '../state/index.js'
import type { Reading } from './reading.js'

export interface RunListing {
  readonly id: string
  readonly job: string
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
}

/** @throws RUN-UNKNOWN */
export async function showRun({ state }: Reading, id: string): Promise<RunDetail> {
  const found = await oneFromStore(state.database, id)
  if (found === undefined) throw new MatchbookError('RUN-UNKNOWN', `there is no run ${id}`)
  const { run, steps } = found
  return {
    id: run.id,
    job: run.job,
    asOf: run.as_of,
    status: run.status,
    startedAt: run.started_at,
    finishedAt: run.finished_at,
    error: run.error,
    steps: steps.map(({ name, started_at, finished_at, output }) => ({
      name,
      startedAt: started_at,
      finishedAt: finished_at,
      said: (JSON.parse(output) as { said: string }).said,
    })),
    summary: run.summary === null ? null : JSON.parse(run.summary),
  }
}
