import type { Delimiters } from '../../formats/x12/delimiters.js'
import {
  type AckAgreement,
  acknowledgmentOf,
  fileChunks,
  groupVerdict,
  type InterchangeReport,
  InterchangeReporter,
  interchangeVerdict,
  numberInterchange,
  readEnvelopes,
  type SetReport,
  setVerdict,
  type Transaction,
  text,
  writeInterchange,
  type X12Finding,
} from '../../formats/x12/index.js'
import { setFindings } from '../read/set-findings.js'
import { type SetChecker, setChecker } from './set-checker.js'

export interface AcknowledgeOptions extends AckAgreement {
  /** ISA13 of the first answer; further ones count on. By default 1. */
  readonly control?: number
  /** GS06 of the first group of answers; further ones count on. By default 1. */
  readonly groupControl?: number
  /** Day of the answer, yyyy-MM-dd. */
  readonly date: string
  /** HHmm */
  readonly time: string
  /** Follows each segment terminator; by default a line feed. */
  readonly newline?: string
  /** By default each set is held against the guide of its version. */
  readonly check?: SetChecker
}

export interface AcknowledgedFile {
  /** Interchanges, one for each that is owed an answer; empty when none is. */
  readonly text: string
  readonly report: {
    readonly interchanges: readonly AcknowledgedInterchange[]
    /** What stands in no interchange. */
    readonly findings: readonly X12Finding[]
  }
}

/** What is said of a received interchange; codes are those of TA104, AK901 and AK501. */
export interface AcknowledgedInterchange {
  readonly control: string
  readonly sender: string
  readonly receiver: string
  /** Undefined: an acknowledgment itself, or none was wanted. */
  readonly answer: 'TA1' | '997' | '999' | undefined
  readonly code: string
  readonly note: string
  readonly findings: readonly X12Finding[]
  readonly groups: readonly {
    readonly functionalId: string
    readonly control: string
    readonly code: string
    readonly counts: { readonly included: number; readonly received: number; readonly accepted: number }
    readonly findings: readonly X12Finding[]
    readonly sets: readonly {
      readonly set: string
      readonly control: string
      readonly code: string
      readonly findings: readonly X12Finding[]
    }[]
  }[]
}

/**
 * Answers a file without a workspace: nothing is remembered, so the control numbers are the caller's. Senders and receivers are
 * taken at their word.
 * @param source a path, or the bytes
 * @throws LOAD-LINT when a control number or date does not fit
 */
export async function acknowledgeFile(
  source: string | Uint8Array,
  options: AcknowledgeOptions,
): Promise<AcknowledgedFile> {
  const { reports, findings } = await report(source, options.check ?? (await setChecker()))
  let { control = 1, groupControl = 1 } = options
  const parts: string[] = []
  const interchanges = reports.map((report) => {
    const acknowledgment = acknowledgmentOf(report, options)
    if (acknowledgment !== undefined) {
      const { date, time, newline = '\n' } = options
      const groupControls = acknowledgment.groups.map(() => groupControl++)
      const delimited = { ...acknowledgment, delimiters: { newline } }
      const numbers = { control: control++, groupControls, date, time }
      parts.push(writeInterchange(numberInterchange(delimited, numbers)).toString('utf8'))
    }
    return summary(report, acknowledgment?.set, options)
  })
  return { text: parts.join(''), report: { interchanges, findings } }
}

async function report(
  source: string | Uint8Array,
  check: SetChecker,
): Promise<{ reports: readonly InterchangeReport[]; findings: X12Finding[] }> {
  const reporter = new InterchangeReporter()
  const findings: X12Finding[] = []
  let delimiters: Delimiters | undefined
  for await (const item of readEnvelopes(typeof source === 'string' ? fileChunks(source) : source)) {
    if (item.kind === 'interchange-open') delimiters = item.delimiters
    if (item.kind === 'finding' && reporter.interchange === undefined) findings.push(item.finding)
    reporter.take(item)
    // One that is refused for its envelope is looked into as well: all that is wrong with it can then be mended at once.
    if ((item.kind === 'transaction' || item.kind === 'refused') && reporter.set !== undefined) {
      judge(reporter.set, item.transaction, await check(item.transaction, delimiters))
    }
  }
  return { reports: reporter.reports, findings }
}

/** As the nightly run judges a set; one that no job reads is judged by its guide alone. */
function judge(set: SetReport, transaction: Transaction, checked: readonly X12Finding[]): void {
  const { document, findings } = setFindings(transaction, checked)
  const isUnread = findings.some(({ code }) => code === 'X12-UNSUPPORTED')
  for (const finding of isUnread ? checked : findings) set.findings.push(finding)
  if (!isUnread && document === undefined) set.refused = true
}

function summary(
  report: InterchangeReport,
  answer: AcknowledgedInterchange['answer'],
  { rejectOn }: AckAgreement,
): AcknowledgedInterchange {
  const { isa, findings, groups } = report
  return {
    control: text(isa, 13),
    sender: text(isa, 6),
    receiver: text(isa, 8),
    answer,
    ...interchangeVerdict(report),
    findings,
    groups: groups.map((group) => {
      const { code, included, received, accepted } = groupVerdict(group, rejectOn)
      return {
        functionalId: text(group.gs, 1),
        control: text(group.gs, 6),
        code,
        counts: { included, received, accepted },
        findings: group.findings,
        sets: group.sets.map((set) => ({
          set: text(set.st, 1),
          control: text(set.st, 2),
          code: setVerdict(set, rejectOn),
          findings: set.findings,
        })),
      }
    }),
  }
}
