import type { z } from 'zod'
import { explainIssues } from './explain-issues.js'
import { freeze } from './freeze.js'
import { jsonSchema, type SettingsKind } from './json-schemas.js'
import type { Problem } from './problem.js'
import type { SettingsFile } from './settings-file.js'

/** A file against its schema: the frozen value with defaults filled in, or everything that is wrong. */
export function checkSchema<T>(
  file: SettingsFile,
  kind: SettingsKind,
  schema: z.ZodType<T>,
): { readonly value?: T; readonly problems: readonly Problem[] } {
  if (file.data === undefined) return { problems: file.problems }
  // To write code for a schema, as zod does by default, takes longer than the few files that it is used for.
  const result = schema.safeParse(file.data, { jitless: true })
  if (result.success) return { value: freeze(result.data), problems: file.problems }
  return { problems: [...file.problems, ...explainIssues(file, jsonSchema(kind), result.error.issues)] }
}
