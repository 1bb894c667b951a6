import { type ExceptionCode, exceptionCodes, fixed } from '../canonical/index.js'
import { type ErrorCode, type ExitCode, errorCatalogue, MatchbookError, nearMiss } from '../errors/index.js'
import { type CatalogueEntry, catalogue, type Runbook, runbook } from '../exceptions/index.js'
import { evidenceText } from './evidence-text.js'
import type { ExceptionDetail } from './list-exceptions.js'
import { matchedLineText } from './matched-line-text.js'

export interface Explained {
  readonly text: string
  readonly json: CodeExplained | ErrorExplained | ExceptionExplained
}

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
}

/**
 * A code's meaning and runbook, or one exception with its numbers and its code's runbook.
 * @throws CODE-UNKNOWN, EXCEPTION-UNKNOWN
 */
export async function explain(subject: string, workspace: string | undefined): Promise<Explained> {
  const code = subject.toUpperCase()
  if (isExceptionCode(code)) return explainCode(code)
  if (isErrorCode(code)) return explainError(code)
  if (/^(EX-)?\d+$/.test(code)) return explainException(await fromStore(code, workspace))
  const codes = [...exceptionCodes, ...Object.keys(errorCatalogue)]
  const meant = nearMiss(code, codes)
  const alike = codes.filter((known) => known.includes(code) || shares(known, code))
  const near = [...new Set([...(meant === undefined ? [] : [meant]), ...alike])]
  const hint = near.length > 0 ? `Near: ${near.slice(0, 6).join(', ')}` : undefined
  throw new MatchbookError('CODE-UNKNOWN', `"${subject}" is no code of Matchbook`, hint === undefined ? {} : { hint })
}

/** Only an exception needs the store. */
async function fromStore(id: string, workspace: string | undefined): Promise<ExceptionDetail> {
  const { showException } = await import('./list-exceptions.js')
  const { withReading } = await import('./open-workspace.js')
  return withReading(workspace, (reading) => showException(reading, id))
}

const isExceptionCode = (code: string): code is ExceptionCode => (exceptionCodes as readonly string[]).includes(code)
const isErrorCode = (code: string): code is ErrorCode => code in errorCatalogue
const shares = (known: string, typed: string): boolean =>
  typed.length > 3 && known.split('-').some((part) => part.length > 2 && typed.includes(part))

function explainCode(code: ExceptionCode): { readonly text: string; readonly json: CodeExplained } {
  const { queue, severity, slaHours, raisedWhen } = catalogue[code]
  const { means, check, decisions } = runbook[code]
  const due = slaHours === null ? 'nothing is due' : `to be decided within ${slaHours} hours`
  const text = [
    `${code}: ${raisedWhen}`,
    '',
    means,
    '',
    `Owner: queue ${queue}, severity ${severity}, ${due} (a workspace may say otherwise)`,
    '',
    'What to check',
    ...check.map((step, n) => `  ${n + 1}. ${step}`),
    ...(Object.keys(decisions).length > 0 ? ['', 'What may be decided'] : []),
    ...Object.entries(decisions).map(([decision, leadsTo]) => `  ${decision}: ${leadsTo}`),
  ].join('\n')
  return { text, json: { code, queue, severity, slaHours, raisedWhen, means, check, decisions } }
}

function explainError(code: ErrorCode): Explained {
  const { title, hint, exit } = errorCatalogue[code]
  return { text: `${code}: ${title}\n\n${hint}\n\nExit code ${exit}`, json: { code, title, hint, exit } }
}

function explainException(exception: ExceptionDetail): Explained {
  const code = explainCode(exception.code as ExceptionCode)
  const compared = Object.entries(exception.values).map(([name, value]) => `  ${name}: ${value ?? '-'}`)
  const tolerance = Object.entries(exception.tolerance ?? {}).map(([name, value]) => `  ${name}: ${value ?? '-'}`)
  const matched = exception.matched === null ? [] : matchedLineText(exception.matched)
  const places = exception.evidence.map((source) => `  ${evidenceText(source)}`)
  const text = [
    `${exception.id} (${exception.status}): ${exception.message}`,
    `At risk: ${exception.amountAtRisk.currency} ${fixed(exception.amountAtRisk.amount, 2)}`,
    ...(compared.length > 0 ? ['Compared'] : []),
    ...compared,
    ...(tolerance.length > 0 ? ['Tolerance used', ...tolerance] : []),
    ...(matched.length > 0 ? ['How the line was matched'] : []),
    ...matched.map(([name, value]) => `  ${name}: ${value}`),
    'Where each value stands',
    ...places,
    '',
    code.text,
  ].join('\n')
  return { text, json: { exception, code: code.json } }
}
