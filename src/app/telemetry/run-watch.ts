import type { RunStatus } from '../../state/index.js'
import type { RunSummary } from '../run-summary.js'

/** One step that was done, not one whose result was taken from the store. Times are milliseconds since 1970. */
export interface WatchedStep {
  readonly name: string
  readonly startedAt: number
  readonly endedAt: number
  /** What it came to, in one sentence of counts; undefined when it failed. */
  readonly said: string | undefined
  /** Code of the error it failed with. */
  readonly failure: string | undefined
}

/** How a run ended. */
export interface WatchedEnd {
  readonly status: RunStatus
  readonly summary: RunSummary | undefined
  /** Code of what it failed with; messages stay here, because they may hold values of a file. */
  readonly failure: string | undefined
}

/** Somebody outside who is told of a run. Neither throws, and neither keeps the run waiting longer than its settings say. */
export interface RunWatch {
  step(step: WatchedStep): void
  ended(end: WatchedEnd): Promise<void>
}

export const unwatched: RunWatch = { step: () => {}, ended: async () => {} }
