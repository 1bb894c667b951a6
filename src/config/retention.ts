import { z } from 'zod'
import { IsoDate, Name } from './scalars.js'

/** What is kept for how long, each class by itself. In this order purge goes through them. */
export const retentionClasses = ['files', 'documents', 'exceptions', 'reports', 'pushed', 'logs', 'settings'] as const
export type RetentionClass = (typeof retentionClasses)[number]

const days = z.int().min(1).max(36_500).optional()

export const Hold = z.strictObject({
  reason: z.string().min(1).describe('why, and who asked for it; stands in what purge says'),
  partner: Name.optional().describe('only what came from this partner or is about it; without it everything'),
  from: IsoDate.optional().describe('only what is of this day or later'),
  to: IsoDate.optional().describe('only what is of this day or earlier'),
})
export type Hold = z.infer<typeof Hold>

export const Retention = z.strictObject({
  files: days.describe('days that the bytes of a file stay in the archive; its line in the ledger stays for ever'),
  documents: days.describe(
    'days that the content of a document stays once nothing more is to come of it; its numbers stay for ever, so that it is known when it comes again',
  ),
  exceptions: days.describe('days that an exception stays after it was last found; an open one always stays'),
  reports: days.describe('days that the workbook and the hold list of a run stay'),
  pushed: days.describe(
    'days that loads and acknowledgments stay as files once they are sent; that they were, with their hash, is known for ever',
  ),
  logs: days.describe(
    'days that the steps, the summary and the notifications of a run stay; its line in the history stays for ever',
  ),
  settings: days.describe(
    'days that the settings a run was judged by stay; without them it cannot be replayed by the rules of that day',
  ),
  hold: z.array(Hold).default([]).describe('legal holds: what one of them covers is not purged'),
})
export type Retention = z.infer<typeof Retention>
