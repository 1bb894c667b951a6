import { type ErrorCode, MatchbookError } from '../errors/index.js'

/** What one partner's server can do to us: it goes into the result, and other drops go on. */
const partnerTrouble: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'HOST-KEY-MISMATCH',
  'HOST-KEY-UNKNOWN',
  'LOGIN-REFUSED',
  'ALGORITHMS-REFUSED',
  'CONNECT-FAILED',
  'TRANSFER-FAILED',
  'REMOTE-PERMISSION',
  'REMOTE-MISSING',
  'REMOTE-FULL',
  'REMOTE-CONFLICT',
])

export const isPartnerTrouble = (error: unknown): error is MatchbookError =>
  error instanceof MatchbookError && partnerTrouble.has(error.code)
