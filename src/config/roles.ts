import { z } from 'zod'
import { Name } from './scalars.js'
import { verbNames } from './verbs.js'

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
