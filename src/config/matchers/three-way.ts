import { z } from 'zod'

export const ThreeWaySettings = z.strictObject({
  'receipt-grace-days': z
    .int()
    .min(0)
    .default(3)
    .describe('an invoice may wait so long for its receipt before INV-NO-RECEIPT'),
  'received-not-invoiced-days': z.int().min(0).default(30).describe('GRNI-AGED after so many days'),
  'duplicate-window-days': z
    .int()
    .min(0)
    .default(90)
    .describe('how far back the same lines and amount make a duplicate suspect'),
  'no-po-window-days': z.int().min(0).default(60).describe('how old a PO may be for an invoice that names none'),
})
export type ThreeWaySettings = z.infer<typeof ThreeWaySettings>
