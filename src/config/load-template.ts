import { z } from 'zod'
import { LoadReversal } from './load-reversal.js'
import { Name } from './scalars.js'

export const LoadColumn = z.strictObject({
  position: z.int().min(1).describe('column of the layout, 1-based; of fixed places the first character'),
  width: z.int().min(1).max(4000).optional().describe('fixed places: how many characters'),
  name: z.string().min(1).describe('as the ERP names it'),
  from: z
    .string()
    .optional()
    .describe(
      "field of the load row: invoice.number, a column of the matcher's table, load.id, load.group-id, load.source or load.row (its place in the file)",
    ),
  constant: z.string().optional().describe('the same value in every row'),
  value: z.string().optional().describe('name of a job value, for example operating-unit'),
  required: z.boolean().default(false).describe('a row without it is not loaded'),
  'max-length': z.int().min(1).optional().describe('characters the ERP takes'),
  kind: z
    .enum(['text', 'date', 'amount', 'quantity', 'price', 'integer'])
    .default('text')
    .describe('how the value is written'),
  date: z
    .string()
    .min(1)
    .optional()
    .describe('date: luxon pattern of this column, where it is not that of the template'),
  decimals: z
    .int()
    .min(0)
    .max(6)
    .optional()
    .describe('amount, quantity, price: always so many digits after the point; a value that has more is not loaded'),
  'decimal-separator': z.enum(['.', ',']).optional().describe('amount, quantity, price: a comma instead of the point'),
  'implied-decimals': z.boolean().optional().describe('with decimals: written without the point'),
  'pad-left': z
    .strictObject({
      width: z.int().min(1).max(40).describe('characters'),
      with: z.string().length(1).describe('what is put before it'),
    })
    .optional()
    .describe('made as wide as this, for example a vendor number on the right of its place'),
})
export type LoadColumn = z.infer<typeof LoadColumn>

/** templates/loads/*.yaml */
export const LoadTemplate = z.strictObject({
  template: Name.describe('the name of the file'),
  title: z.string().min(1).describe('as reports show it'),
  source: z.string().min(1).describe('document the layout was read from'),
  release: z.string().optional().describe('release of the ERP the layout is of'),
  date: z.string().default('yyyy/MM/dd').describe('luxon pattern'),
  archive: z
    .strictObject({
      kind: z.enum(['zip', 'none']).describe('one zip of all files; none: the one file as it is'),
      name: z.string().min(1).describe('of what is pushed; may hold {load}, the id of the load'),
    })
    .describe('what is pushed'),
  form: z
    .enum(['delimited', 'fixed', 'xlsx'])
    .default('delimited')
    .describe('values between delimiters; at fixed places; or a workbook with a sheet for each file'),
  'line-end': z.enum(['lf', 'crlf']).default('lf').describe('of text'),
  reversal: LoadReversal.optional().describe('how a load is taken back; without it loads revert refuses'),
  header: z.boolean().default(false).describe('the first record of each file names its columns'),
  delimiter: z.string().length(1).default(',').describe('between values'),
  files: z
    .array(
      z.strictObject({
        name: z.string().min(1).describe('of the file in the archive'),
        rows: Name.describe(
          'what one row is: invoice or invoice-line of the three-way match, or a table that the matcher leaves, for example po-change',
        ),
        columns: z
          .int()
          .min(1)
          .describe('columns of the layout, of fixed places characters of a record; those not listed stay empty'),
        'result-reference': z
          .array(z.string().min(1))
          .min(1)
          .max(2)
          .optional()
          .describe(
            "columns of this file whose values name its row in the ERP's result file: what a contract gives as reference and reference_2 of load_result",
          ),
        map: z.array(LoadColumn).min(1).describe('columns that are filled'),
      }),
    )
    .min(1)
    .describe('files of the archive'),
})
export type LoadTemplate = z.infer<typeof LoadTemplate>
