import { DateTime } from 'luxon'
import { type ExceptionCode, type Finding, ZERO } from '../../canonical/index.js'
import type { JobSettings } from '../../config/index.js'
import { overdueAnswers, receivedNumbers } from '../../state/index.js'
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
  const strict = Object.entries(partners).filter(([, { x12 }]) => x12?.sequence === 'strict')
  const findings: Finding[] = []
  for (const [name] of strict) {
    for (const { ours, partner, received } of await receivedNumbers(tools.state.database, name, since)) {
      for (const { first, last, shownBy } of sequenceGaps(received.map(({ control }) => control))) {
        const next = received[shownBy]
        // A partner may send to several jobs; the one that saw the later number asks for the earlier.
        if (next === undefined || next.job !== job.job) continue
        const missing = first === last ? `number ${first} is` : `numbers ${first} to ${last} are`
        findings.push({
          code: 'X12-SEQUENCE-GAP',
          keys: { partner: name, document: `${partner} ${ours} ${first}` },
          message: `${name} (${partner}) sent ${ours} interchange ${next.control}; ${missing} missing`,
          amountAtRisk: ZERO,
          currency,
          values: { 'first missing': String(first), 'last missing': String(last), came: String(next.control) },
          tolerance: null,
          evidence: [{ file: next.file, sha256: next.sha256 }],
        })
      }
    }
  }
  return findings
}
