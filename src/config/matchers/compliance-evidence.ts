import { z } from 'zod'
import { DecimalSetting } from '../scalars.js'

const Obligation = z.strictObject({
  document: z.string().min(1).describe('the document, as the index of evidence calls it'),
  on: z
    .enum(['payments', 'orders'])
    .default('payments')
    .describe('it must be on file, and count, on each day on which the vendor was paid, or was given an order'),
  'within-days': z
    .int()
    .min(0)
    .optional()
    .describe('on such a day it must be no older than so many days, for example a sanctions screening'),
  'from-amount': DecimalSetting.default('0').describe(
    'only of vendors that were paid, or given orders for, so much in the period',
  ),
  categories: z
    .array(z.string().min(1))
    .default([])
    .describe('only for orders in these spend categories; needs on: orders. Without it for all'),
})

export const ComplianceEvidenceSettings = z.strictObject({
  period: z
    .enum(['month', 'quarter', 'year'])
    .default('month')
    .describe('how long a period is; a run judges the one that was over last on its day'),
  obligations: z
    .array(Obligation)
    .default([{ document: 'tax-form', on: 'payments', 'from-amount': '0', categories: [] }])
    .refine((all) => new Set(all.map(({ document }) => document)).size === all.length, 'each document once')
    .refine(
      (all) => all.every(({ on, categories }) => on === 'orders' || categories.length === 0),
      'categories are those of orders: on: orders',
    )
    .describe('what must be on file of vendors, and when'),
  'exempt-categories': z
    .array(z.string().min(1))
    .default([])
    .describe('spend categories that may be ordered without a requisition, for example implants billed on use'),
})
