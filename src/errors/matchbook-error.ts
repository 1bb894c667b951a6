import { type ErrorCode, errorCatalogue } from './catalogue.js'
import type { ExitCode } from './exit-codes.js'

/** An error the operator can act on. `message` says what is so, `hint` what to do; telling errors apart goes by `code`. */
export class MatchbookError extends Error {
  override readonly name = 'MatchbookError'
  readonly code: ErrorCode
  readonly hint: string
  /** Facts for --json and logs: file, line, endpoint, run. Never a secret. */
  readonly facts: Readonly<Record<string, string | number | boolean | null>>

  constructor(
    code: ErrorCode,
    message: string,
    options: { hint?: string; facts?: Record<string, string | number | boolean | null>; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.hint = options.hint ?? errorCatalogue[code].hint
    this.facts = Object.freeze({ ...options.facts })
  }

  get exit(): ExitCode {
    return errorCatalogue[this.code].exit
  }
}
