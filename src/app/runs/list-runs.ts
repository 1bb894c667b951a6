import { MatchbookError } from '../../errors/index.js'
import {
  listRuns as fromStore,
  showRun as oneFromStore,
  type RunKind,
  type RunRow,
  settingsOf,
  type Tombstone,
  tombstoneOf,
} from '../../state/index.js'
import { refuseUnknownNames } from '../exceptions/known-names.js'
import { purgedWords } from '../files/purged-words.js'
import type { Reading } from '../reading.js'

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

/** Newest first. @throws USAGE: there is no such job */
export async function listRuns(reading: Reading, limit: number, job?: string): Promise<RunListing[]> {
  const runs = await fromStore(reading.state.database, limit, job)
  if (runs.length === 0 && job !== undefined) refuseUnknownNames(reading, { job })
  return runs.map(listing)
}

const listing = (run: RunRow): RunListing => ({
  id: run.id,
  job: run.job,
  kind: run.kind,
  asOf: run.as_of,
  status: run.status,
  startedAt: run.started_at,
  finishedAt: run.finished_at,
  error: run.error,
})

export interface RunDetail extends RunListing {
  readonly steps: readonly {
    readonly name: string
    readonly startedAt: string
    readonly finishedAt: string
    readonly said: string
  }[]
  readonly summary: unknown
  /** The run by whose settings it judged, where those were not the ones of its day. */
  readonly rulesOf: string | null
  /** What it was judged by; `says` where it was asked for. */
  readonly settings: readonly { readonly name: string; readonly sha256: string; readonly says?: unknown }[]
  /** When its settings were purged, in words. */
  readonly settingsPurged: string | null
  /** When its steps and summary were purged, in words. */
  readonly purged: string | null
}

/** @throws RUN-UNKNOWN */
export async function showRun({ state }: Reading, id: string, withSettings = false): Promise<RunDetail> {
  const found = await oneFromStore(state.database, id)
  if (found === undefined) throw new MatchbookError('RUN-UNKNOWN', `there is no run ${id}`)
  const { run, steps } = found
  const logs = await tombstoneOf(state.database, 'logs', id)
  const settings = await tombstoneOf(state.database, 'settings', id)
  return {
    ...listing(run),
    rulesOf: run.rules_of,
    settings: (await settingsOf(state.database, id)).map(({ name, sha256, text }) => ({
      name,
      sha256,
      ...(withSettings ? { says: JSON.parse(text) } : {}),
    })),
    settingsPurged: wordsOf(settings),
    purged: wordsOf(logs),
    steps: steps.map(({ name, started_at, finished_at, output }) => ({
      name,
      startedAt: started_at,
      finishedAt: finished_at,
      said: (JSON.parse(output) as { said: string }).said,
    })),
    summary: run.summary === null ? null : JSON.parse(run.summary),
  }
}

const wordsOf = (gone: Tombstone | undefined): string | null =>
  gone === undefined ? null : purgedWords(gone.purged_at, gone.purged_under)
