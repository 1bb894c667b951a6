import { z } from 'zod'

export const PoAcknowledgmentSettings = z.strictObject({
  'acknowledgment-hours': z
    .int()
    .min(0)
    .default(24)
    .describe('hours from the end of the PO date until ACK-OVERDUE, for partners that set none'),
  'send-days': z
    .int()
    .min(0)
    .default(0)
    .describe('days after the PO date within which its 850 may still go out, before PO-NOT-SENT'),
  'look-back-days': z
    .int()
    .min(1)
    .default(90)
    .describe('POs older than this are not asked for an 850 or 855 any more, nor 855s older than this for their PO'),
})
