import { DateTime } from 'luxon'
import { type ExceptionCode, type Finding, ZERO } from '../../canonical/index.js'
import type { JobSettings, PartnerX12 } from '../../config/index.js'
import { type NumbersReceived, overdueAnswers, type ReceivedNumber, receivedNumbers } from '../../state/index.js'
import type { Tools } from '../tools.js'
import { sequenceGaps } from './sequence-gaps.js'

/** How far back numbers are compared: one that is missing longer will not come any more. */
const LOOK_BACK_DAYS = 90

/** Codes of what is found anew each night from what was sent and received, whatever else is missing. */
export const exchangeCodes: ReadonlySet<ExceptionCode> = new Set<ExceptionCode>(['X12-ACK-OVERDUE', 'X12-SEQUENCE-GAP'])

/** What is wrong with the exchange as a whole tonight: answers that are due and not here, numbers that were passed over. */
export async function exchangeFindings(job: JobSettings, tools: Tools): Promise<Finding[]> {
  return [...(await overdue(job, tools)), ...(await gaps(job, tools))]
}

async function overdue(job: JobSettings, tools: Tools): Promise<Finding[]> {
  const late = await overdueAnswers(tools.state.database, job.job, tools.now())
  return late.map((sent) => {
    const known = sent.businessKeys.filter((key) => key !== '')
    const about = known.length === 0 ? '' : ` (${known.slice(0, 5).join(', ')}${known.length > 5 ? ', ...' : ''})`
    return {
      code: 'X12-ACK-OVERDUE',
      keys: { partner: sent.partner, document: `${sent.interchangeControl} ${sent.groupControl}` },
      message: `${sent.partner} has not answered group ${sent.functionalId} ${sent.groupControl}${about}, sent ${sent.sentAt} in ${sent.file}; it was due ${sent.dueAt}`,
      amountAtRisk: ZERO,
      currency: tools.workspace.settings.currency,
      values: {
        interchange: sent.interchangeControl,
        group: sent.groupControl,
        sent: sent.sentAt,
        'answer due': sent.dueAt,
      },
      tolerance: null,
      evidence: [{ file: sent.file, sha256: sent.sha256 }],
    }
  })
}

async function gaps(job: JobSettings, tools: Tools): Promise<Finding[]> {
  const { partners, currency } = tools.workspace.settings
  const since = DateTime.fromISO(tools.now(), { zone: 'utc' }).minus({ days: LOOK_BACK_DAYS }).toISO() ?? ''
  const findings: Finding[] = []
  for (const [name, { x12 }] of Object.entries(partners)) {
    if (x12 === undefined || (x12.sequence !== 'strict' && x12['group-sequence'] === 'not-checked')) continue
    for (const received of await receivedNumbers(tools.state.database, name, since)) {
      for (const row of numberedRows(received, x12))
        for (const gap of gapsIn(row, name, received, job, currency)) findings.push(gap)
    }
  }
  return findings
}

/** Numbers of a partner that go up one by one. */
interface NumberedRow {
  /** As a finding names it: `interchange`, `group`, `group IN`. */
  readonly what: string
  readonly numbers: readonly ReceivedNumber[]
}

function numberedRows({ received }: NumbersReceived, x12: PartnerX12): NumberedRow[] {
  const rows: NumberedRow[] = x12.sequence === 'strict' ? [{ what: 'interchange', numbers: received }] : []
  if (x12['group-sequence'] === 'not-checked') return rows
  const byKind = new Map<string, ReceivedNumber[]>()
  for (const { groups, ...place } of received) {
    for (const { functionalId, control } of groups) {
      const what = x12['group-sequence'] === 'by-kind' ? `group ${functionalId}` : 'group'
      byKind.set(what, [...(byKind.get(what) ?? []), { ...place, control }])
    }
  }
  return [...rows, ...[...byKind].map(([what, numbers]) => ({ what, numbers }))]
}

function gapsIn(
  { what, numbers }: NumberedRow,
  name: string,
  { ours, partner }: NumbersReceived,
  job: JobSettings,
  currency: string,
): Finding[] {
  return sequenceGaps(numbers.map(({ control }) => control)).flatMap(({ first, last, shownBy }): Finding[] => {
    const next = numbers[shownBy]
    // A partner may send to several jobs; the one that saw the later number asks for the earlier.
    if (next === undefined || next.job !== job.job) return []
    const missing = first === last ? `number ${first} is` : `numbers ${first} to ${last} are`
    const key = what === 'interchange' ? String(first) : `${what} ${first}`
    return [
      {
        code: 'X12-SEQUENCE-GAP',
        keys: { partner: name, document: `${partner} ${ours} ${key}` },
        message: `${name} (${partner}) sent ${ours} ${what} ${next.control}; ${missing} missing`,
        amountAtRisk: ZERO,
        currency,
        values: { 'first missing': String(first), 'last missing': String(last), came: String(next.control) },
        tolerance: null,
        evidence: [{ file: next.file, sha256: next.sha256 }],
      },
    ]
  })
}
