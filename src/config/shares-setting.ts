import { z } from 'zod'

/** How the taking in of a job is shared out, so that several processes may do it at once. */
export const Shares = z.strictObject({
  by: z
    .enum(['partner', 'endpoint'])
    .describe(
      'what stays together: all drops of a partner, or all of an endpoint, where each facility has one of its own',
    ),
  of: z.int().min(2).max(64).describe('so many shares, among which partners or endpoints are dealt out evenly'),
})
export type Shares = z.infer<typeof Shares>
