import { z } from 'zod'

export const ChargeCaptureSettings = z.strictObject({
  'charge-days': z.int().min(0).default(3).describe('usage may be so long without a charge before CHG-MISSING'),
  'usage-days': z.int().min(0).default(1).describe('a charge may be so long without usage before CHG-NO-USAGE'),
  'posting-days': z
    .int()
    .min(0)
    .default(3)
    .describe('a charge may be so long on its way to the ledger before CHG-UNPOSTED'),
})
