import { z } from 'zod'
import { ExtractContract } from './extract-contract.js'
import { JobSettings } from './job.js'
import { LoadTemplate } from './load-template.js'
import { WorkspaceSettings } from './workspace.js'

/** The part of JSON Schema draft-07 that our schemas come out as. */
export interface JsonSchema {
  readonly type?: string
  readonly title?: string
  readonly description?: string
  readonly default?: unknown
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: JsonSchema | false
  readonly propertyNames?: JsonSchema
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly enum?: readonly string[]
  readonly const?: string
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
}

const kinds = {
  matchbook: { schema: WorkspaceSettings, title: 'matchbook.yaml' },
  job: { schema: JobSettings, title: 'jobs/*.yaml' },
  'extract-contract': { schema: ExtractContract, title: 'templates/extracts/*.yaml' },
  'load-template': { schema: LoadTemplate, title: 'templates/loads/*.yaml' },
} as const

export type SettingsKind = keyof typeof kinds

/** Draft-07, which editors understand; by the name its file has in schemas/ (NAME.schema.json). */
export function jsonSchemas(): Record<SettingsKind, JsonSchema> {
  return {
    matchbook: jsonSchema('matchbook'),
    job: jsonSchema('job'),
    'extract-contract': jsonSchema('extract-contract'),
    'load-template': jsonSchema('load-template'),
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
  return { $schema, title, ...rest } as JsonSchema
}
