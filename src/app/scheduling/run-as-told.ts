import { on } from 'node:events'
import { MatchbookError } from '../../errors/index.js'
import { partsOf } from '../shares/shares-of-job.js'
import { type RunDueRequest, runDue } from './run-due.js'

/** What to run next, as the worker or the schedule tells the process that it has begun. */
export interface RunTold {
  /** A job, or a share of one. */
  readonly piece: string
}

export interface RunAnswer {
  readonly exit: number
  /** Whether this process takes another. */
  readonly again: boolean
}

/** Bytes. A process that holds more than that after a run ends with it: the engine does not give all of it back. */
const LARGEST = 1024 ** 3

/**
 * Runs what is due of what whoever began this process tells it, one after the other, until they let go of it. Each begins by reading the
 * settings and opening the store. What fails ends the process, with the exit code and the words of any command.
 * @throws USAGE when nobody is there to tell
 */
export async function runAsTold(request: Omit<RunDueRequest, 'jobs' | 'share'>): Promise<void> {
  if (process.send === undefined)
    throw new MatchbookError('USAGE', 'a worker or the schedule begins this; say which jobs instead')
  const over = new AbortController()
  process.once('disconnect', () => over.abort())
  try {
    for await (const [{ piece }] of on(process, 'message', { signal: over.signal }) as AsyncIterable<[RunTold]>) {
      const { job, share } = partsOf(piece)
      const { exit } = await runDue({ ...request, jobs: [job], share })
      const again = process.memoryUsage.rss() < LARGEST
      if (process.connected) process.send({ exit, again } satisfies RunAnswer)
      if (!again) return
    }
  } catch (error) {
    if (!over.signal.aborted || !(error instanceof Error && error.name === 'AbortError')) throw error
  } finally {
    if (process.connected) process.disconnect()
  }
}
