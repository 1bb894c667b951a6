import { text } from '../transaction.js'
import type { ElementToWrite, TransactionToWrite } from '../write.js'
import { type AckDialect, codeIn } from './dialect.js'
import type { GroupReport, SetReport } from './interchange-report.js'
import { segmentErrors, type Writable } from './segment-errors.js'
import { codesOf, groupVerdict, type RejectOn, setVerdict } from './verdicts.js'

/** The 997 or 999 that answers one received group, without ST and SE. */
export function functionalAcknowledgment(
  group: GroupReport,
  dialect: AckDialect,
  rejectOn: RejectOn,
  writable: Writable,
): TransactionToWrite['segments'] {
  const { gs, sets } = group
  const of = (value: string, longest: number): string => (writable(value) ? value.slice(0, longest) : '')
  const verdict = groupVerdict(group, rejectOn)
  const version = dialect.modern ? [of(text(gs, 8), 12)] : []
  const counts = [verdict.included, verdict.received, verdict.accepted].map(String)
  const errors = new Set(verdict.errors.map((code) => codeIn(dialect, `AK905:${code}`)))
  return [
    ['AK1', of(text(gs, 1), 2), of(text(gs, 6), 9), ...version],
    ...sets.flatMap((set) => [
      ['AK2', of(text(set.st, 1), 3), of(text(set.st, 2), 9), ...(dialect.modern ? [of(text(set.st, 3), 35)] : [])],
      ...segmentErrors(set, dialect, writable),
      setTrailer(set, dialect, rejectOn),
    ]),
    ['AK9', verdict.code, ...counts, ...errors],
  ]
}

function setTrailer(set: SetReport, dialect: AckDialect, rejectOn: RejectOn): ElementToWrite[] {
  const codes = codesOf('AK502', set.findings)
  if (set.findings.some(({ code }) => code === 'FILE-TRUNCATED')) codes.unshift('2')
  if (set.findings.some(({ standardCode }) => /^AK[34]0/.test(standardCode))) codes.push('5')
  return [dialect.trailer, setVerdict(set, rejectOn), ...[...new Set(codes)].slice(0, 5)]
}
