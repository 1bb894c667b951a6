import { text } from '../transaction.js'
import type { X12Finding } from '../x12-finding.js'
import type { GroupReport, InterchangeReport, SetReport } from './interchange-report.js'

/** AK501, IK501, TA104: accepted, accepted with errors, rejected. */
export type Verdict = 'A' | 'E' | 'R'

/** `unreadable`: a set is rejected when it cannot be used. `any-error`: already when anything in it is wrong. */
export type RejectOn = 'unreadable' | 'any-error'

export function setVerdict({ refused, findings }: SetReport, rejectOn: RejectOn): Verdict {
  if (refused) return 'R'
  if (findings.length === 0) return 'A'
  return rejectOn === 'any-error' ? 'R' : 'E'
}

/** AK9: what became of a group, with the counts that prove it. */
export interface GroupVerdict {
  /** AK901: P is partially accepted. */
  readonly code: Verdict | 'P'
  /** AK902: as GE01 says. */
  readonly included: number
  /** AK903 */
  readonly received: number
  /** AK904 */
  readonly accepted: number
  /** AK905 to AK909. */
  readonly errors: readonly string[]
}

export function groupVerdict(group: GroupReport, rejectOn: RejectOn): GroupVerdict {
  const { ge, sets, findings } = group
  const verdicts = sets.map((set) => setVerdict(set, rejectOn))
  const accepted = verdicts.filter((verdict) => verdict !== 'R').length
  const said = ge === undefined ? '' : text(ge, 1)
  const included = /^\d{1,6}$/.test(said) ? Number(said) : sets.length
  const missing = ge === undefined || included > sets.length
  const errors = codesOf('AK905', findings)
  if (ge === undefined && !errors.includes('3')) errors.push('3')
  const flawed = findings.length > 0 || verdicts.includes('E')
  const all = accepted === sets.length && !missing
  const code = all ? (flawed ? 'E' : 'A') : accepted === 0 ? 'R' : 'P'
  return { code, included, received: sets.length, accepted, errors: errors.slice(0, 5) }
}

/** TA104 and TA105. One that was cut off is rejected: accepting it, with errors or not, would forbid to send it again. */
export function interchangeVerdict(report: InterchangeReport): { readonly code: Verdict; readonly note: string } {
  const [first] = codesOf('TA105', report.findings)
  if (report.iea === undefined) return { code: 'R', note: '023' }
  if (report.refused) return { code: 'R', note: first ?? '024' }
  return report.findings.length === 0 ? { code: 'A', note: '000' } : { code: 'E', note: first ?? '024' }
}

/** The codes of one element of the standard among findings, each once. */
export function codesOf(element: string, findings: readonly X12Finding[]): string[] {
  const codes = findings.flatMap(({ standardCode }) =>
    standardCode.startsWith(`${element}:`) ? [standardCode.slice(element.length + 1)] : [],
  )
  return [...new Set(codes)]
}
