import { z } from 'zod'
import { exceptionCodes, parseFieldTolerance, toleranceForms } from '../../canonical/index.js'
import { Name } from '../scalars.js'

/** What exceptions may be known by, as their keys are named everywhere. */
export const reconcileKeys = [
  'company',
  'po',
  'release',
  'line',
  'invoice',
  'supplier',
  'item',
  'facility',
  'receipt',
  'contract',
  'document',
  'record',
] as const

const Column = z.union([
  z.string().min(1),
  z.strictObject({
    left: z.string().min(1).describe('column of the left contract'),
    right: z.string().min(1).describe('column of the right contract'),
  }),
])

const Tolerance = z
  .string({ error: 'a tolerance in quotes, for example "0.05"' })
  .refine((written) => parseFieldTolerance(written) !== undefined, toleranceForms)
  .meta({ title: 'A tolerance in quotes' })

const Code = z.enum(exceptionCodes).meta({ title: 'An exception code' })
const CodeOrNone = z.enum([...exceptionCodes, 'none']).meta({ title: 'An exception code, or none' })

const Side = z.strictObject({
  input: Name.describe('an extract of this job; its contract says what its columns are'),
  window: z
    .strictObject({
      from: z.string().min(1).optional().describe('column with the first day; empty: always was'),
      to: z.string().min(1).optional().describe('column with the last day; empty: for good'),
    })
    .optional()
    .describe('only rows in force on the business day are compared'),
  grouped: z.boolean().default(false).describe('all rows of a key are one; fields with `sum` are added up'),
})

/** Two extracts held against each other by their keys, declared in the job alone. */
export const ReconcileSettings = z.strictObject({
  left: Side.describe('the one side, for example what the ERP says'),
  right: Side.describe('the other side'),
  keys: z
    .record(
      Name,
      z.strictObject({
        column: Column.describe('of both sides, or { left, right } where the names differ'),
        tolerance: Tolerance.optional().describe('case, zeros, spaces: what of the text does not count'),
      }),
    )
    .describe(`what says which row is which, by what exceptions call it: ${reconcileKeys.join(', ')}`),
  fields: z
    .record(
      Name,
      z.strictObject({
        column: Column.describe('of both sides, or { left, right } where the names differ'),
        tolerance: Tolerance.optional().describe('how far apart the two may be; without it they must be the same'),
        sum: z.boolean().default(false).describe('added up, exactly, on a side that is grouped'),
        money: z.boolean().default(false).describe('what the two are apart is the amount at risk'),
        code: Code.optional().describe('the exception it is when this field differs; without it `codes.changed`'),
      }),
    )
    .describe('what is compared, by the name that reports show'),
  codes: z
    .strictObject({
      changed: Code.describe('a field differs by more than its tolerance'),
      'only-left': CodeOrNone.describe('the key is on the left only; none: counted, but no exception'),
      'only-right': CodeOrNone.describe('the key is on the right only; none: counted, but no exception'),
      doubled: Code.default('DATA-KEY-DUPLICATE').describe('the key stands more than once on a side'),
      undated: Code.default('DATA-TYPE').describe('whether the row is in force cannot be read'),
    })
    .describe('which exception each kind of difference is'),
})
export type ReconcileSettings = z.infer<typeof ReconcileSettings>
