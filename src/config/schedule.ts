import { Cron } from 'croner'
import { IANAZone } from 'luxon'
import { z } from 'zod'
import { Name, TimeOfDay } from './scalars.js'

const isCron = (text: string): boolean => {
  try {
    return new Cron(text, { mode: '5-or-6-parts', paused: true }).nextRun() !== null
  } catch {
    return false
  }
}

/** When a job is to run by itself. */
export const Schedule = z.strictObject({
  cron: z
    .string()
    .refine(
      isCron,
      'minute, hour, day of month, month and day of week of a time that comes, for example "30 2 * * mon-fri"',
    )
    .describe(
      'minute, hour, day of month, month, day of week; L as day is the last of the month; six fields begin with the second',
    ),
  timezone: z
    .string()
    .refine((zone) => IANAZone.isValidZone(zone), 'an IANA zone, for example America/Chicago')
    .optional()
    .describe("IANA zone of the expression; without it the workspace's"),
  calendar: Name.optional().describe(
    'calendar whose days off count, and in whose blackouts nothing begins; without it every day is a working day',
  ),
  'on-day-off': z
    .enum(['skip', 'before', 'after'])
    .default('skip')
    .describe('an occurrence on a day off of the calendar: not at all, on the working day before, or on the one after'),
  after: z
    .array(Name)
    .default([])
    .describe(
      'jobs whose occurrence of the same day must be done first; a failed one is waited for until it is retried',
    ),
  'catch-up': z
    .enum(['skip', 'latest', 'all'])
    .default('latest')
    .describe('occurrences that were missed: none is run, only the latest, or each in turn'),
  'missed-after-minutes': z
    .int()
    .min(1)
    .max(10_080)
    .default(60)
    .describe('an occurrence that has not begun so long after its time was missed, and status calls it late'),
  priority: z
    .int()
    .min(1)
    .max(100)
    .default(50)
    .describe('of jobs that are due at once the smallest number begins first'),
})
export type Schedule = z.infer<typeof Schedule>

/** By when a drop must have brought something. */
export const Expected = z.strictObject({
  by: TimeOfDay.describe('local time in the zone of the workspace'),
  calendar: Name.optional().describe('expected on working days of this calendar only; without it every day'),
  'window-hours': z
    .int()
    .min(1)
    .max(744)
    .default(24)
    .describe('what came no longer than so many hours before that time counts'),
  files: z.int().min(1).max(10_000).default(1).describe('so many files at the least'),
})
export type Expected = z.infer<typeof Expected>
