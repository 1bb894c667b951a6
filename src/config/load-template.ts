import { z } from 'zod'
import { Name } from './scalars.js'

export const LoadColumn = z.strictObject({
  position: z.int().min(1),
  name: z.string().min(1),
  from: z.string().optional().describe('field of the load row, for example invoice.number'),
  constant: z.string().optional(),
  value: z.string().optional().describe('name of a job value, for example operating-unit'),
  required: z.boolean().default(false),
  'max-length': z.int().min(1).optional(),
  kind: z.enum(['text', 'date', 'amount', 'quantity', 'price', 'integer']).default('text'),
})
export type LoadColumn = z.infer<typeof LoadColumn>

/** templates/loads/*.yaml */
export const LoadTemplate = z.strictObject({
  template: Name,
  title: z.string().min(1),
  source: z.string().min(1).describe('document the layout was read from'),
  release: z.string().optional(),
  date: z.string().default('yyyy/MM/dd').describe('luxon pattern'),
  archive: z.strictObject({ kind: z.literal('zip'), name: z.string().min(1).describe('may hold {load}') }),
  files: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        rows: z.enum(['invoice', 'invoice-line']),
        columns: z.int().min(1).describe('columns of the layout; those not listed stay empty'),
        map: z.array(LoadColumn).min(1),
      }),
    )
    .min(1),
})
export type LoadTemplate = z.infer<typeof LoadTemplate>
