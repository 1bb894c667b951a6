import pRetry from 'p-retry'
import { MatchbookError } from '../errors/index.js'

/** A transfer that broke off because the connection is gone: all else on it fails too, and connecting again may help. */
export const connectionBroken = (endpoint: string, message: string, cause?: unknown): MatchbookError =>
  new MatchbookError('TRANSFER-FAILED', `${endpoint}: ${message}`, { facts: { endpoint, connection: 'broken' }, cause })

export const isConnectionBroken = (error: unknown): boolean =>
  error instanceof MatchbookError && error.facts.connection === 'broken'

/** Milliseconds before the first new try; doubled before each further one. */
export const firstPause = 1000

/** Runs `work` up to `tries` times, with growing pauses, for as long as `again` says that another try may help. */
export const withTries = <T>(
  tries: number,
  pause: number,
  again: (error: unknown) => boolean,
  work: () => Promise<T>,
): Promise<T> =>
  pRetry(work, {
    retries: Math.max(0, tries - 1),
    minTimeout: pause,
    randomize: true,
    shouldRetry: ({ error }) => again(error),
  })
