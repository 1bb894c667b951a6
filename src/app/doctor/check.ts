import { type ErrorCode, MatchbookError } from '../../errors/index.js'

/** One thing that was looked at. Plain data: `matchbook doctor --json` prints it as it is. */
export interface Check {
  readonly subject: string
  /** `unknown`: it was not, or cannot be, looked at; `says` has why. */
  readonly state: 'good' | 'unknown' | 'warning' | 'bad'
  readonly says: string
  /** What to do, for `warning` and `bad`. */
  readonly remedy?: string
  /** Of the error a run would end with. */
  readonly code?: ErrorCode
}

export const good = (subject: string, says: string): Check => ({ subject, state: 'good', says })
export const unknown = (subject: string, says: string): Check => ({ subject, state: 'unknown', says })
export const warning = (subject: string, says: string, remedy: string): Check => ({
  subject,
  state: 'warning',
  says,
  remedy,
})
export const bad = (subject: string, says: string, remedy: string, code?: ErrorCode): Check => ({
  subject,
  state: 'bad',
  says,
  remedy,
  ...(code === undefined ? {} : { code }),
})

/** An error the operator can act on, as a check; any other is a defect and goes on. `remedy` where there is a better one than the hint. */
export function badBy(subject: string, error: unknown, remedy?: string): Check {
  if (!(error instanceof MatchbookError)) throw error
  return bad(subject, `${error.code}: ${error.message}`, remedy ?? error.hint, error.code)
}
