import { MatchbookError } from '../errors/index.js'

/** A transfer that broke off because the connection is gone: all else on it fails too, and connecting again may help. */
export const connectionBroken = (endpoint: string, message: string, cause?: unknown): MatchbookError =>
  new MatchbookError('TRANSFER-FAILED', `${endpoint}: ${message}`, { facts: { endpoint, connection: 'broken' }, cause })

export const isConnectionBroken = (error: unknown): boolean =>
  error instanceof MatchbookError && error.facts.connection === 'broken'
