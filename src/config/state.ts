import { z } from 'zod'
import { SecretReference } from './scalars.js'

/** Undefined: it can be used. Else what was expected, as a report puts it. */
export function databaseMistake(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^postgres(ql)?:$/.test(url.protocol) || url.pathname.length < 2)
    return 'an address as postgres://USER@HOST:PORT/DATABASE'
  if (url.password !== '' || url.searchParams.has('password'))
    return 'an address without a password, which belongs into state.password as a reference'
  const host = url.searchParams.get('host') ?? url.hostname
  const isHere = host === '' || host.startsWith('/') || /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host)
  const mode = url.searchParams.get('sslmode')
  if (!isHere && mode !== 'verify-full' && mode !== 'disable')
    return 'sslmode=verify-full in the address of another machine (or sslmode=disable, where nobody else can listen)'
  return undefined
}

const DatabaseAddress = z
  .string({ error: 'an address as postgres://USER@HOST:PORT/DATABASE' })
  .superRefine((text, context) => {
    const expected = databaseMistake(text)
    if (expected !== undefined) context.addIssue({ code: 'custom', message: expected })
  })

export const schemaName = /^[a-z_][a-z0-9_]{0,62}$/

/** Where the store is, and all that lies beside it. */
export const StateSettings = z
  .strictObject({
    folder: z
      .string()
      .min(1)
      .describe(
        'archive, outbox and reports, and the database where no other is named; relative to the workspace. Machines that share the work share it',
      ),
    database: DatabaseAddress.optional().describe(
      'PostgreSQL for several machines: postgres://USER@HOST:PORT/DATABASE. Without it a SQLite file in the folder, for one machine',
    ),
    password: SecretReference.optional().describe('of the user in the address of the database'),
    schema: z
      .string()
      .regex(schemaName, 'a name in lower-case letters, digits and underscores')
      .default('matchbook')
      .describe('schema of the database that holds the tables; each workspace needs its own'),
    'lease-seconds': z
      .int()
      .min(2)
      .max(3600)
      .default(30)
      .describe(
        'in PostgreSQL: work of a machine that has not been heard of for so long goes on elsewhere; longer than the network is ever away',
      ),
  })
  .describe('where everything is kept that must last')
export type StateSettings = z.infer<typeof StateSettings>
