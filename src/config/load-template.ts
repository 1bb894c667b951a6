import { z } from 'zod'
import { Name } from './scalars.js'

export const LoadColumn = z.strictObject({
  position: z.int().min(1).describe('column of the layout, 1-based'),
  name: z.string().min(1).describe('as the ERP names it'),
  from: z.string().optional().describe('field of the load row, for example invoice.number'),
  constant: z.string().optional().describe('the same value in every row'),
  value: z.string().optional().describe('name of a job value, for example operating-unit'),
  required: z.boolean().default(false).describe('a row without it is not loaded'),
  'max-length': z.int().min(1).optional().describe('characters the ERP takes'),
  kind: z
    .enum(['text', 'date', 'amount', 'quantity', 'price', 'integer'])
    .default('text')
    .describe('how the value is written'),
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
      kind: z.literal('zip').describe('one zip of all files'),
      name: z.string().min(1).describe('may hold {load}, the id of the load'),
    })
    .describe('what is pushed'),
  files: z
    .array(
      z.strictObject({
        name: z.string().min(1).describe('of the file in the archive'),
        rows: z.enum(['invoice', 'invoice-line']).describe('what one row is'),
        columns: z.int().min(1).describe('columns of the layout; those not listed stay empty'),
        map: z.array(LoadColumn).min(1).describe('columns that are filled'),
      }),
    )
    .min(1)
    .describe('files of the archive'),
})
export type LoadTemplate = z.infer<typeof LoadTemplate>
