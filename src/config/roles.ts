import { z } from 'zod'
import { Name } from './scalars.js'

/** What a role may do, and which commands that is. */
export const verbs = {
  run: 'run, schedule start, worker, work retry, retry, pull, push',
  replay: 'replay, backfill',
  decide: 'exceptions decide, assign, reopen, import; exceptions rules withdraw',
  release: 'quarantine release, discard',
  'cross-reference': 'xref import, approve, withdraw',
  'approve-loads': 'loads approve, reject',
  'apply-loads': 'loads apply, revert',
  'approve-contracts': 'contracts approve',
  notify: 'notify send, test',
  backup: 'backup',
  restore: 'restore, drill, state move',
  purge: 'purge',
  'act-for-others': '--as or --by with another name than one’s own login',
} as const

export type Verb = keyof typeof verbs

export const verbNames = Object.keys(verbs) as [Verb, ...Verb[]]

export const Role = z.strictObject({
  users: z.array(z.string().min(1)).default([]).describe('logins of this machine'),
  groups: z.array(z.string().min(1)).default([]).describe('groups of this machine, those of a directory too'),
  may: z
    .array(z.enum(['all', ...verbNames]))
    .min(1)
    .describe('what they may do; see docs/roles.md. Looking and dry runs need nothing'),
})
export type Role = z.infer<typeof Role>

export const Roles = z
  .record(Name, Role)
  .default({})
  .describe('who may do what, by login and group; without any, everybody who can run Matchbook here may do everything')
