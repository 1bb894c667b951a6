import { z } from 'zod'

export const LaborToLedgerSettings = z.strictObject({
  'payroll-days': z
    .int()
    .min(0)
    .default(10)
    .describe('worked hours may wait so long for their payroll, from the last day worked'),
  'posting-days': z
    .int()
    .min(0)
    .default(5)
    .describe('payroll may wait so long for the ledger, from the day it was paid'),
  source: z.string().min(1).default('PAYROLL').describe('source under which the ledger shows payroll journals'),
  'clearing-account': z.string().min(1).default('2200').describe('account that payroll journals are credited to'),
  'clearing-cost-center': z.string().default('').describe('accounting unit of the clearing account'),
})
