import { z } from 'zod'

export const GlPostingSettings = z.strictObject({
  'posting-days': z
    .int()
    .min(0)
    .default(2)
    .describe('a journal may be so long on its way to the ledger before GL-SEQUENCE'),
})
