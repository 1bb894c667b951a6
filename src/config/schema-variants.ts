import type { JsonSchema } from './json-schema.js'
import { isSecret } from './schema-words.js'
import type { Path } from './yaml-nodes.js'

export const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const variantsOf = (schema: JsonSchema): readonly JsonSchema[] => schema.anyOf ?? schema.oneOf ?? [schema]

/** Position of the variant the value comes nearest to; undefined when none is even of its type. */
export function nearestVariant(variants: readonly JsonSchema[], value: unknown): number | undefined {
  let best: number | undefined
  let most = Number.NEGATIVE_INFINITY
  for (const [index, variant] of variants.entries()) {
    const fit = fitOf(variant, value)
    if (fit !== undefined && fit > most) [best, most] = [index, fit]
  }
  return best
}

function fitOf(variant: JsonSchema, value: unknown): number | undefined {
  if (!isMap(value)) return variant.type === typeOf(value) ? 0 : undefined
  if (variant.type !== 'object') return undefined
  const { properties = {}, required = [] } = variant
  const names = Object.keys(value)
  const known = names.filter((name) => Object.hasOwn(properties, name)).length
  const missing = required.filter((name) => !Object.hasOwn(value, name)).length
  const discriminated = Object.entries(properties).some(
    ([name, property]) => property.const !== undefined && Object.hasOwn(value, name) && value[name] === property.const,
  )
  return (discriminated ? 1000 : 0) + known * 10 - (names.length - known) - missing
}

const typeOf = (value: unknown): string =>
  Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : value === null ? 'null' : typeof value

export const knows = ({ properties = {} }: JsonSchema, key: string): boolean => Object.hasOwn(properties, key)

interface SchemaAt {
  readonly schema: JsonSchema
  /** What stands here or above is a secret reference: it is never repeated. */
  readonly secret: boolean
}

/** The schema of the setting a path leads to; of unions the variant nearest to what is there. */
export function schemaAt(top: JsonSchema, data: unknown, path: Path): SchemaAt {
  let schema = top
  let value = data
  let secret = isSecret(top)
  for (const step of path) {
    const variants = variantsOf(schema)
    const inside = variants[nearestVariant(variants, value) ?? 0] ?? schema
    const properties = inside.properties ?? {}
    const named = typeof step === 'string' && Object.hasOwn(properties, step) ? properties[step] : undefined
    schema = named ?? (inside.additionalProperties || undefined) ?? inside.items ?? {}
    value = valueAt(value, [step])
    secret ||= isSecret(schema)
  }
  return { schema, secret }
}

export function valueAt(data: unknown, path: Path): unknown {
  let value = data
  for (const step of path) {
    if (Array.isArray(value) && typeof step === 'number') value = value[step]
    else value = isMap(value) && Object.hasOwn(value, step) ? value[step] : undefined
  }
  return value
}
