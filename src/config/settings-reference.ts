import type { JsonSchema } from './json-schema.js'
import { jsonSchemas } from './json-schemas.js'
import { inWords, isSecret } from './schema-words.js'

interface Row {
  readonly setting: string
  readonly may: string
  readonly otherwise: string
  readonly means: string
}

const intro = `# Settings

Every setting of a workspace, written from the schemas that check it (\`schemas/\`, JSON Schema draft-07). A file that starts with
\`# yaml-language-server: $schema=...\` is completed and checked while you type; \`matchbook validate\` checks everything, also what
lies between files, and tells file, line and column.

- NAME is a name of yours: lower-case letters, digits and single hyphens, starting with a letter. KEY is any text.
- \`[]\` is an entry of a list.
- Ids and decimals are text in quotes: YAML reads 00123 as the number 123, and 0.1 as a binary fraction.
- A secret is never written down, only where it is: \`{ env: NAME }\`, \`{ file: PATH }\` (relative to the workspace) or
  \`{ command: [PROGRAM, ARGUMENT] }\`, run without a shell in the folder of the workspace. One trailing newline is dropped.
- Keys that are not listed here are mistakes.
`

/** docs/settings.md. */
export function settingsReference(): string {
  const parts = Object.entries(jsonSchemas()).map(([kind, schema]) => {
    // What a profile may have otherwise is explained where matchbook.yaml has it.
    const all = childRows(schema, '').filter(({ setting }) => kind !== 'profile' || !/[.[]/.test(setting))
    const rows = all.map(({ setting, may, otherwise, means }) => line([`\`${setting}\``, may, otherwise, means]))
    return [
      `## ${schema.title ?? ''}`,
      '',
      line(['setting', 'may be', 'without it', 'means']),
      '|---|---|---|---|',
      ...rows,
      '',
    ].join('\n')
  })
  return [intro, ...parts].join('\n')
}

const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`

/** A row for a setting, and those of what it holds. */
function rowsOf(schema: JsonSchema, setting: string, required: boolean): Row[] {
  const otherwise =
    schema.default === undefined ? (required ? 'required' : '') : `\`${JSON.stringify(schema.default)}\``
  return [
    {
      setting,
      may: isSecret(schema) ? 'a secret, by reference' : inWords(schema),
      otherwise,
      means: schema.description ?? '',
    },
    ...childRows(schema, setting),
  ]
}

function childRows(schema: JsonSchema, setting: string): Row[] {
  if (isSecret(schema)) return []
  const variants = schema.anyOf ?? schema.oneOf
  if (variants !== undefined) return variants.flatMap((variant) => childRows(variant, setting + variantName(variant)))
  if (schema.items !== undefined) return childRows(schema.items, `${setting}[]`)
  const { properties, required = [], additionalProperties, propertyNames } = schema
  if (properties !== undefined) {
    const under = setting === '' ? '' : `${setting}.`
    return Object.entries(properties).flatMap(([name, property]) =>
      rowsOf(property, under + name, required.includes(name)),
    )
  }
  if (!additionalProperties) return []
  return rowsOf(additionalProperties, `${setting}.${propertyNames?.pattern === undefined ? 'KEY' : 'NAME'}`, false)
}

/** Variants told apart by their kind, or by a title, show it. */
function variantName({ title, properties }: JsonSchema): string {
  const name = properties?.kind?.const ?? title
  return name === undefined ? '' : ` (${name})`
}
