import { z } from 'zod'

export const UsageToReplenishmentSettings = z.strictObject({
  'posting-days': z
    .int()
    .min(0)
    .default(2)
    .describe('usage may be so long without an inventory transaction in the ERP before USE-NOT-POSTED'),
  'order-at-once': z
    .boolean()
    .default(false)
    .describe('reorder proposals are ordered without a decision; otherwise STOCK-REORDER must be decided: order'),
  'order-by': z
    .enum(['850', 'people'])
    .default('people')
    .describe(
      'what becomes of a proposal that may be ordered: an 850 to the partner of its vendor, where that one has a send-to; or nothing, because people order',
    ),
  'stock-account': z
    .string()
    .default('')
    .describe('account that stock leaves when it is used; without it no cost is posted'),
  'issue-account': z.string().default('').describe('account that bears what is used, where the stock item names none'),
})
