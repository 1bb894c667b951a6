import { z } from 'zod'
import { Name } from './scalars.js'

/** A place files come from, and what becomes of them there once our copy is durable. */
export const Drop = z.strictObject({
  endpoint: Name.describe('where'),
  folder: z.string().min(1).describe('folder at the endpoint, absolute or relative to its root'),
  include: z.array(z.string()).min(1).describe('file name patterns (glob), for example "*.810"'),
  exclude: z.array(z.string()).default([]).describe('patterns of names that are never taken'),
  partner: Name.optional().describe('whose drop it is; X12 files are checked against its ISA ids'),
  after: z
    .union([
      z.literal('leave'),
      z.literal('remove'),
      z.strictObject({ move: z.string().min(1).describe('folder at the endpoint') }),
    ])
    .default('leave')
    .describe('at the source, after our copy is durable'),
  'stable-seconds': z
    .number()
    .min(0)
    .max(3600)
    .default(2)
    .describe('size and time must stay the same for so long before a file is taken'),
})
export type Drop = z.infer<typeof Drop>

export const X12Input = z.strictObject({
  kind: z.literal('x12').describe('X12 interchanges'),
  sets: z
    .array(z.enum(['810', '850', '855']))
    .min(1)
    .describe('transaction sets to read'),
  from: z.array(Drop).min(1).describe('drops the files come from'),
})
export type X12Input = z.infer<typeof X12Input>

export const ExtractInput = z.strictObject({
  kind: z.literal('extract').describe('extract of an ERP, read under a contract'),
  contract: Name.describe('a file in templates/extracts'),
  required: z.boolean().default(true).describe('the job cannot match without it'),
  'max-age-hours': z.int().min(1).default(36).describe('an older one still serves, and raises FILE-STALE'),
  from: z.array(Drop).min(1).describe('drops the files come from'),
})
export type ExtractInput = z.infer<typeof ExtractInput>

export const JobInput = z.discriminatedUnion('kind', [X12Input, ExtractInput])
export type JobInput = z.infer<typeof JobInput>

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

/** jobs/*.yaml */
export const JobSettings = z.strictObject({
  job: Name.describe('the name of the file'),
  title: z.string().min(1).describe('as reports show it'),
  matcher: z.enum(['three-way']).describe('how it is compared'),
  inputs: z.record(Name, JobInput).describe('what comes in, by name'),
  settings: ThreeWaySettings.prefault({}).describe('of the matcher'),
  report: z
    .strictObject({ name: z.string().min(1).describe('file name of the workbook, without date and .xlsx') })
    .describe('the workbook'),
  load: z
    .strictObject({
      template: Name.describe('a file in templates/loads'),
      endpoint: Name.describe('where it goes'),
      folder: z.string().min(1).describe('folder at the endpoint'),
      values: z
        .record(z.string(), z.string())
        .default({})
        .describe('values the template asks for, for example operating-unit'),
      'values-by-company': z
        .record(z.string(), z.record(z.string(), z.string()))
        .default({})
        .describe('values that differ by company'),
    })
    .optional()
    .describe('what is written to the ERP; without it nothing is'),
})
export type JobSettings = z.infer<typeof JobSettings>
