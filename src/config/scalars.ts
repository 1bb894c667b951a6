import { z } from 'zod'

/** Names of things in YAML: what files, SQL and reports can carry without quoting. */
export const Name = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'lower-case letters, digits and single hyphens, starting with a letter')
  .meta({ title: 'A name' })

// Messages are what was expected, as they stand after "expected" in a report (see problem.ts).

/** Ids are text. YAML reads 00123 as the number 123, so an unquoted id is refused rather than silently changed. */
export const Id = z.string({ error: 'an id in quotes, for example "00123"' }).min(1).meta({ title: 'An id in quotes' })

/** Exact decimal as quoted text; YAML numbers are floating point. */
export const DecimalSetting = z
  .string({ error: 'a decimal in quotes, for example "2.5"' })
  .regex(/^-?\d+(\.\d+)?$/, 'a decimal in plain notation, for example "2.5"')
  .meta({ title: 'A decimal in quotes' })

export const IsoDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'a date as yyyy-MM-dd')
  .meta({ title: 'A date as yyyy-MM-dd' })

export const TimeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day as HH:mm, for example "08:00"')
  .meta({ title: 'A time of day as HH:mm' })

export const LocalTime = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/,
    'a local time as yyyy-MM-ddTHH:mm, for example 2026-12-31T18:00',
  )
  .meta({ title: 'A local time as yyyy-MM-ddTHH:mm' })

export const ColumnName = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, 'a canonical column name in snake_case')
  .meta({ title: 'A canonical column' })

/** Marks a secret reference in the JSON Schemas, so that a report never repeats what stands there. */
export const secretTitle = 'Secret reference'

/** A secret is never written in a file of the workspace, only where to find it. */
export const SecretReference = z
  .union([
    z.strictObject({ env: z.string().min(1).describe('name of an environment variable') }),
    z.strictObject({
      file: z
        .string()
        .min(1)
        .describe('path of a file, relative to the workspace; read whole, one trailing newline dropped'),
    }),
    z.strictObject({
      command: z.array(z.string()).min(1).describe('program and arguments; its standard output is the secret'),
    }),
  ])
  .meta({ title: secretTitle, description: 'where the secret is: environment variable, file or command' })
export type SecretReference = z.infer<typeof SecretReference>
