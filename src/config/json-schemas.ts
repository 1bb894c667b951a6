import { z } from 'zod'
import { ExtractContract } from './extract-contract.js'
import { JobSettings } from './job.js'
import type { JsonSchema } from './json-schema.js'
import { LoadTemplate } from './load-template.js'
import { mergeVariants } from './merge-variants.js'
import { ProfileOverlay } from './profile-overlay.js'
import { ToleranceOverlay, WorkspaceSettings } from './workspace.js'

const kinds = {
  matchbook: { schema: WorkspaceSettings, title: 'matchbook.yaml' },
  profile: { schema: ProfileOverlay, title: 'profiles/test.yaml or profiles/production.yaml' },
  job: { schema: JobSettings, title: 'jobs/*.yaml' },
  'extract-contract': { schema: ExtractContract, title: 'templates/extracts/*.yaml' },
  'load-template': { schema: LoadTemplate, title: 'templates/loads/*.yaml' },
  tolerances: { schema: ToleranceOverlay, title: 'tolerances for matchbook whatif --tolerances FILE' },
} as const

export type SettingsKind = keyof typeof kinds

/** Draft-07, which editors understand; by the name its file has in schemas/ (NAME.schema.json). */
export function jsonSchemas(): Record<SettingsKind, JsonSchema> {
  return {
    matchbook: jsonSchema('matchbook'),
    profile: jsonSchema('profile'),
    job: jsonSchema('job'),
    'extract-contract': jsonSchema('extract-contract'),
    'load-template': jsonSchema('load-template'),
    tolerances: jsonSchema('tolerances'),
  }
}

export function jsonSchema(kind: SettingsKind): JsonSchema {
  const { schema, title } = kinds[kind]
  const made = z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    // zod writes the bounds of exact integers where a schema has none; they say nothing to people.
    override: ({ jsonSchema: node }) => {
      if (node.maximum === Number.MAX_SAFE_INTEGER) delete node.maximum
      if (node.minimum === Number.MIN_SAFE_INTEGER) delete node.minimum
    },
  })
  const { $schema, ...rest } = made
  const shown = kind === 'job' ? mergeVariants(rest as JsonSchema, 'matcher') : (rest as JsonSchema)
  return Object.assign({ $schema, title }, shown)
}
