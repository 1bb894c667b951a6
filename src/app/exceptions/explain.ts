import { type ExceptionCode, exceptionCodes } from '../../canonical/index.js'
import { type ErrorCode, type ExitCode, errorCatalogue, MatchbookError, nearMiss } from '../../errors/index.js'
import { type CatalogueEntry, catalogue, type Runbook, runbook } from '../../exceptions/index.js'
import type { ExceptionDetail } from './list-exceptions.js'

export type Explained = CodeExplained | ErrorExplained | ExceptionExplained

/** An exception code and its runbook. */
export interface CodeExplained extends Omit<CatalogueEntry, 'decisions'>, Runbook {
  readonly code: ExceptionCode
}

/** A code of an error message. */
export interface ErrorExplained {
  readonly code: ErrorCode
  readonly title: string
  readonly hint: string
  readonly exit: ExitCode
}

export interface ExceptionExplained {
  readonly exception: ExceptionDetail
  readonly code: CodeExplained
  /** Zone of the workspace, for people; instants are UTC. */
  readonly timezone: string
}

/**
 * A code's meaning and runbook, or one exception with its numbers and its code's runbook.
 * @throws CODE-UNKNOWN, EXCEPTION-UNKNOWN
 */
export async function explain(subject: string, workspace: string | undefined): Promise<Explained> {
  const code = subject.toUpperCase()
  if (isExceptionCode(code)) return explainCode(code)
  if (isErrorCode(code)) return explainError(code)
  if (/^(EX-)?\d+$/.test(code)) return explainException(code, workspace)
  const codes = [...exceptionCodes, ...Object.keys(errorCatalogue)]
  const meant = nearMiss(code, codes)
  const alike = codes.filter((known) => known.includes(code) || shares(known, code))
  const near = [...new Set([...(meant === undefined ? [] : [meant]), ...alike])]
  const hint = near.length > 0 ? `Near: ${near.slice(0, 6).join(', ')}` : undefined
  throw new MatchbookError('CODE-UNKNOWN', `"${subject}" is no code of Matchbook`, hint === undefined ? {} : { hint })
}

/** Only an exception needs the store. */
async function explainException(id: string, workspace: string | undefined): Promise<ExceptionExplained> {
  const { showException } = await import('./list-exceptions.js')
  const { withReading } = await import('../open-workspace.js')
  return withReading(workspace, async (reading) => {
    const exception = await showException(reading, id)
    const code = explainCode(exception.code as ExceptionCode)
    return { exception, code, timezone: reading.workspace.settings.timezone }
  })
}

const isExceptionCode = (code: string): code is ExceptionCode => (exceptionCodes as readonly string[]).includes(code)
const isErrorCode = (code: string): code is ErrorCode => code in errorCatalogue
const shares = (known: string, typed: string): boolean =>
  typed.length > 3 && known.split('-').some((part) => part.length > 2 && typed.includes(part))

function explainCode(code: ExceptionCode): CodeExplained {
  const { queue, severity, slaHours, raisedWhen } = catalogue[code]
  const { means, check, decisions } = runbook[code]
  return { code, queue, severity, slaHours, raisedWhen, means, check, decisions }
}

function explainError(code: ErrorCode): ErrorExplained {
  const { title, hint, exit } = errorCatalogue[code]
  return { code, title, hint, exit }
}
