import { z } from 'zod'

const days = (otherwise: number, means: string) => z.int().min(0).default(otherwise).describe(means)

export const RequisitionToPaySettings = z.strictObject({
  'approval-days': days(3, 'a requisition may wait so long for its approval before REQ-STUCK'),
  'ordering-days': days(3, 'an approved one for its order'),
  'receipt-days': days(30, 'an ordered one for its goods'),
  'invoice-days': days(30, 'a received one for its invoice'),
  'payment-days': days(45, 'an invoiced one for its payment'),
  'order-window-days': days(90, 'orders of so many days back are asked for their requisition'),
  'exempt-categories': z
    .array(z.string().min(1))
    .default([])
    .describe('spend categories that may be ordered without a requisition, for example implants billed on use'),
})
