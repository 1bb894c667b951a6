import { z } from 'zod'

/**
 * What people must know of an interface. An input or a load says what is its own, the job what all of its interfaces share; what is
 * missing in both is a gap that `matchbook catalog lint` names.
 */
export const CatalogEntry = z.strictObject({
  owner: z.string().min(1).optional().describe('who answers for the interface'),
  steward: z.string().min(1).optional().describe('who answers for the data in it'),
  system: z.string().min(1).optional().describe('the system at the other end'),
  pattern: z
    .enum(['batch-file', 'request-reply', 'event', 'manual'])
    .optional()
    .describe('how the two systems exchange; without it batch-file, which is what Matchbook does'),
  why: z.string().min(1).optional().describe('why it is done in this way'),
  criticality: z
    .enum(['low', 'medium', 'high', 'critical'])
    .optional()
    .describe('what it means for patients and money when it stops'),
  'rto-hours': z.number().min(0).max(8760).optional().describe('recovery time: it works again after so many hours'),
  'rpo-hours': z
    .number()
    .min(0)
    .max(8760)
    .optional()
    .describe('recovery point: what came in the last so many hours may be lost'),
  sla: z
    .string()
    .min(1)
    .optional()
    .describe('what is agreed with the other side, for example "by 05:00 on working days"'),
  runbook: z
    .string()
    .min(1)
    .optional()
    .describe('what to do when it stops: a file, relative to the workspace, or an address'),
})
export type CatalogEntry = z.infer<typeof CatalogEntry>
