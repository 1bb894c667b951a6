import type { PartnerX12 } from '../../config/index.js'
import { type AckAgreement, acknowledgmentOf, type InterchangeReport } from '../../formats/x12/index.js'
import type { FileRow } from '../../state/index.js'
import type { InterchangeToQueue } from './queue-interchange.js'

const agreementOf = (x12: PartnerX12): AckAgreement => ({
  acknowledge: x12.acknowledge,
  ta1: x12.ta1,
  rejectOn: x12['reject-on'],
  ...(x12['acknowledge-version'] === undefined ? {} : { version: x12['acknowledge-version'] }),
})

/** What a partner is owed for an interchange it sent: once for each place in each file, however often the file is read. */
export function acknowledgmentOwed(
  report: InterchangeReport,
  file: FileRow,
  partner: string,
  x12: PartnerX12,
): InterchangeToQueue | undefined {
  const acknowledgment = acknowledgmentOf(report, agreementOf(x12))
  const to = x12['send-to']
  if (acknowledgment === undefined || to === undefined) return undefined
  return {
    idempotencyKey: `acknowledgment ${file.sha256} ${report.isa.span.byteOffset}`,
    for: file.name,
    job: file.job,
    partner,
    interchange: acknowledgment,
    set: acknowledgment.set,
    to,
    answerHours: null,
    businessKey: () => '',
  }
}
