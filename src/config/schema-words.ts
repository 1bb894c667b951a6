import type { JsonSchema } from './json-schemas.js'
import { secretTitle } from './scalars.js'

export const isSecret = (schema: JsonSchema): boolean => schema.title === secretTitle

/** What a setting may be, in words that stand after "expected". */
export function inWords(schema: JsonSchema): string {
  if (isSecret(schema))
    return 'a reference to the secret: { env: NAME }, { file: PATH } or { command: [PROGRAM, ARGUMENT] }'
  const variants = schema.anyOf ?? schema.oneOf
  if (variants !== undefined) return variants.map(inWords).join(', or ')
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return oneOf(schema.enum)
  switch (schema.type) {
    case 'string':
      return text(schema)
    case 'integer':
    case 'number':
      return `${schema.type === 'integer' ? 'a whole number' : 'a number'}${range(schema)}`
    case 'boolean':
      return 'true or false'
    case 'array':
      return (schema.minItems ?? 0) > 0 ? 'a list of at least one entry' : 'a list'
    default:
      return schema.properties === undefined
        ? 'a map of names'
        : `a map with ${(schema.required ?? Object.keys(schema.properties)).join(', ')}`
  }
}

export const oneOf = (names: readonly string[]): string =>
  names.length === 0 ? 'nothing here' : names.length === 1 ? String(names[0]) : `one of ${names.join(', ')}`

function text({ minLength, maxLength }: JsonSchema): string {
  if (maxLength === undefined) return 'text'
  return minLength === maxLength ? `text of ${maxLength} characters` : `text of at most ${maxLength} characters`
}

function range({ minimum, maximum }: JsonSchema): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`
  return minimum === undefined ? '' : ` of at least ${minimum}`
}
