import type { JsonSchema } from './json-schema.js'

/**
 * A union of maps that one key tells apart, as one map: what all variants have alike stands once, the key may be any of theirs, and what
 * differs is a union titled by the key's values. An editor completes by it, and a person reads it, where the bare union would say the
 * same eleven times over.
 */
export function mergeVariants(union: JsonSchema, key: string): JsonSchema {
  const variants = union.anyOf ?? union.oneOf ?? []
  const [first] = variants
  if (first?.properties === undefined) return union
  const properties = Object.fromEntries(
    Object.entries(first.properties).map(([name, schema]) => {
      const theirs = variants.map((variant) => variant.properties?.[name] ?? {})
      if (name === key) return [name, anyOfThem(schema, theirs)]
      return [name, isAlike(theirs) ? schema : titled(theirs, variants, key)]
    }),
  )
  const { anyOf, oneOf, ...rest } = union
  return { ...first, ...rest, properties }
}

const isAlike = (schemas: readonly JsonSchema[]): boolean =>
  new Set(schemas.map((schema) => JSON.stringify(schema))).size === 1

function anyOfThem({ const: one, ...rest }: JsonSchema, schemas: readonly JsonSchema[]): JsonSchema {
  return { ...rest, enum: schemas.flatMap((schema) => schema.const ?? []) }
}

const titled = (schemas: readonly JsonSchema[], variants: readonly JsonSchema[], key: string): JsonSchema => ({
  description: `as the ${key} asks`,
  anyOf: schemas.map((schema, index) => ({ title: variants[index]?.properties?.[key]?.const ?? '', ...schema })),
})
