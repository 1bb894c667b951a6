import { z } from 'zod'

const owner = z.enum(['erp', 'price-file']).default('erp')

export const ContractPriceSyncSettings = z.strictObject({
  ownership: z
    .strictObject({
      unit_price: owner.describe('who says what a contract price is'),
      effective_to: owner.describe('who says when a contract line ends'),
    })
    .prefault({})
    .describe(
      'which system owns each field of a contract line: erp, or price-file (the 832 or file of the supplier, group or contract system). A field is never written to the system that owns it',
    ),
  'expiring-days': z.int().min(0).default(30).describe('PRICE-EXPIRED so many days before a contract line ends'),
  'look-back-days': z
    .int()
    .min(0)
    .default(90)
    .describe('closed order lines are looked at when they are no older; open ones always are'),
})
