import { z } from 'zod'
import { ColumnName, Name } from './scalars.js'

/** One column of the file. Without a header row, order is what binds; with one, the name is, and order is free. */
export const ExtractColumn = z.strictObject({
  name: z.string().min(1).describe('as the header has it'),
  kind: z.enum(['text', 'decimal', 'integer', 'date', 'flag']).describe('what its values must be'),
  required: z.boolean().default(false).describe('an empty value is DATA-REQUIRED'),
  optional: z.boolean().default(false).describe('the whole column may be absent'),
  scale: z
    .int()
    .min(0)
    .max(6)
    .optional()
    .describe('decimal: most digits after the point; more is DATA-TYPE, never rounded'),
  'implied-decimals': z.int().min(0).max(6).optional().describe('decimal: written without a point'),
  'trailing-minus': z.boolean().default(false).describe('decimal: 12.50- is minus 12.50'),
  'thousands-separator': z.enum([',', '.', ' ']).optional().describe('decimal: between groups of three digits'),
  formats: z
    .array(z.string())
    .optional()
    .describe('date: patterns as strptime has them, for example "%m/%d/%Y"; tried in order'),
  'true-values': z.array(z.string()).optional().describe('flag: texts that mean yes'),
  'false-values': z.array(z.string()).optional().describe('flag: texts that mean no'),
  sensitivity: z
    .enum(['none', 'internal', 'personal'])
    .default('none')
    .describe('personal columns are dropped when the file is read, or projected as a keyed hash'),
})
export type ExtractColumn = z.infer<typeof ExtractColumn>

export const textTransforms = ['strip-leading-zeros', 'upper', 'digits-only', 'keyed-hash'] as const

/** How a canonical column comes out of the file's columns. Values are always trimmed first. */
export const Projection = z.union([
  z.string().describe('a column of the file'),
  z.strictObject({
    column: z.string().describe('a column of the file'),
    transform: z
      .array(z.enum(textTransforms))
      .default([])
      .describe(
        'done to the text, in this order; keyed-hash comes last: HMAC-SHA-256 under the key of the privacy settings',
      ),
    'pad-left': z
      .strictObject({
        width: z.int().min(1).max(40).describe('characters'),
        with: z.string().length(1).describe('what is put before it'),
      })
      .optional()
      .describe('after the transforms: made as wide as this'),
    minus: z.string().optional().describe('a decimal column to subtract, for example a cancelled quantity'),
    codes: z
      .record(z.string(), z.string())
      .optional()
      .describe('value in the file: canonical value; any other is DATA-TYPE'),
    'empty-as': z.string().optional().describe('canonical value of an empty cell'),
  }),
  z.strictObject({ constant: z.string().describe('the same value in every record') }),
])
export type Projection = z.infer<typeof Projection>

export const Trailer = z.strictObject({
  marker: z.string().min(1).describe('the first field of the trailer record'),
  count: z.int().min(2).optional().describe('position (1-based) of the record count'),
  sums: z
    .array(
      z.strictObject({
        position: z.int().min(2).describe('position (1-based) of the sum'),
        column: z.string().describe('column it is the sum of'),
      }),
    )
    .default([])
    .describe('control totals'),
})

/** templates/extracts/*.yaml */
export const ExtractContract = z.strictObject({
  contract: Name.describe('the name of the file'),
  title: z.string().min(1).describe('as reports show it'),
  source: z.string().min(1).describe('the system it comes from'),
  format: z
    .strictObject({
      kind: z.literal('delimited').describe('one record a line, values between delimiters'),
      delimiter: z.string().min(1).max(4).describe('between values, for example "|"'),
      quote: z.string().max(1).default('"').describe('empty: no quoting'),
      encoding: z
        .enum(['utf-8', 'windows-1252'])
        .default('utf-8')
        .describe('of the file; a byte order mark is passed over'),
      header: z.boolean().describe('the first record names the columns'),
      'header-marker': z.string().optional().describe('a control record before the data whose first field is this'),
      trailer: Trailer.optional().describe('last record; a file without it is FILE-TRUNCATED'),
      'null-values': z.array(z.string()).default([]).describe('texts that mean empty, beside the empty field'),
    })
    .describe('how the bytes are to be read'),
  columns: z.array(ExtractColumn).min(1).describe('of the file; without a header row their order is what binds'),
  'new-columns': z
    .enum(['report', 'ignore', 'refuse'])
    .default('report')
    .describe(
      'columns the contract does not know: DATA-COLUMN-NEW and the file is used, nothing, or DATA-COLUMN-NEW and the file is not used',
    ),
  'most-rejected-percent': z
    .int()
    .min(0)
    .max(100)
    .default(50)
    .describe(
      'a file of 20 records and more is not used when more than so many percent are rejected: a column has changed; 100: never',
    ),
  projections: z
    .array(
      z.strictObject({
        relation: z.string().describe('canonical relation'),
        when: z.string().optional().describe('only records in which this column is not empty'),
        key: z
          .array(ColumnName)
          .min(1)
          .describe('canonical columns that identify a record; doubled keys are DATA-KEY-DUPLICATE'),
        map: z.record(ColumnName, Projection).describe('canonical column: where it comes from'),
      }),
    )
    .default([])
    .describe(
      'what becomes of a record; a file may fill several relations, or none where a job compares its columns as they stand',
    ),
})
export type ExtractContract = z.infer<typeof ExtractContract>
