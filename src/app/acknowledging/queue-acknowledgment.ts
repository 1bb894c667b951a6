import type { PartnerX12 } from '../../config/index.js'
import { type AckAgreement, acknowledgmentOf, type InterchangeReport } from '../../formats/x12/index.js'
import type { FileRow, StateDatabase } from '../../state/index.js'
import type { Tools } from '../tools.js'
import { type QueuedInterchange, queueInterchange } from './queue-interchange.js'

export const agreementOf = (x12: PartnerX12): AckAgreement => ({
  acknowledge: x12.acknowledge,
  ta1: x12.ta1,
  rejectOn: x12['reject-on'],
  ...(x12['acknowledge-version'] === undefined ? {} : { version: x12['acknowledge-version'] }),
})

/**
 * Queues what a partner is owed for an interchange it sent: once for each place in each file, however often the file is read.
 * @returns undefined when nothing is owed, or it was queued before
 */
export async function queueAcknowledgment(
  database: StateDatabase,
  report: InterchangeReport,
  file: FileRow,
  partner: string,
  x12: PartnerX12,
  tools: Tools,
): Promise<QueuedInterchange | undefined> {
  const acknowledgment = acknowledgmentOf(report, agreementOf(x12))
  const to = x12['send-to']
  if (acknowledgment === undefined || to === undefined) return undefined
  return queueInterchange(
    database,
    {
      idempotencyKey: `acknowledgment ${file.sha256} ${report.isa.span.byteOffset}`,
      job: file.job,
      partner,
      interchange: acknowledgment,
      set: acknowledgment.set,
      to,
      answerHours: null,
      businessKey: () => '',
    },
    tools,
  )
}
