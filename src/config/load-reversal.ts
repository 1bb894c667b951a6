import { z } from 'zod'

/** How a load of a template is taken back by another of the same layout. Fields are those of `from`, columns those of `name`. */
export const LoadReversal = z.strictObject({
  impossible: z
    .string()
    .min(1)
    .optional()
    .describe('why the ERP has no way to take such a load back; loads revert says it and refuses'),
  'number-suffix': z
    .string()
    .min(1)
    .max(10)
    .optional()
    .describe('of invoices: each is taken back by one of the other sign, whose number gets this added'),
  negate: z.array(z.string().min(1)).default([]).describe('fields written with the other sign'),
  exchange: z
    .record(z.string(), z.string())
    .default({})
    .describe('fields that change places where both say something, for example debit: credit'),
  previous: z
    .array(z.string().min(1))
    .default([])
    .describe('fields written with what the ERP had before, by the extract the load was planned from'),
  suffix: z
    .record(z.string(), z.string())
    .default({})
    .describe('fields that get a text added, because the ERP takes their value once'),
  constants: z.record(z.string(), z.string()).default({}).describe('columns that hold another constant'),
  unless: z
    .record(z.string(), z.array(z.string()).min(1))
    .default({})
    .describe('values of fields whose rows cannot be taken back; "*": any value'),
})
export type LoadReversal = z.infer<typeof LoadReversal>
