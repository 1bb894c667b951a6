import type { JsonSchema } from './json-schema.js'
import { secretTitle } from './scalars.js'

export const isSecret = (schema: JsonSchema): boolean => schema.title === secretTitle

/** What a setting may be, in words that stand after "expected". */
export function inWords(schema: JsonSchema): string {
  if (isSecret(schema))
    return 'a secret by reference: { env: NAME }, { file: PATH } or { command: [PROGRAM, ARGUMENT] }'
  const variants = schema.anyOf ?? schema.oneOf
  if (variants !== undefined) return variants.map(inWords).join(', or ')
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return schema.title === undefined ? oneOf(schema.enum) : text(schema)
  switch (schema.type) {
    case 'string':
      return text(schema)
    case 'integer':
    case 'number':
      return `${schema.type === 'integer' ? 'a whole number' : 'a number'}${range(schema)}`
    case 'boolean':
      return 'true or false'
    case 'array':
      return list(schema)
    default:
      return schema.properties === undefined
        ? 'a map'
        : `a map with ${(schema.required ?? Object.keys(schema.properties)).join(', ')}`
  }
}

export function oneOf(names: readonly string[]): string {
  const shown = names.map((name) => (/\w/.test(name) ? name : JSON.stringify(name)))
  return shown.length === 0 ? 'nothing here' : shown.length === 1 ? String(shown[0]) : `one of ${shown.join(', ')}`
}

function list({ minItems = 0, items = {} }: JsonSchema): string {
  const some = minItems > 0 ? 'a list of at least one entry' : 'a list'
  return items.type === 'string' ? `${some}, each ${inWords(items)}` : some
}

function text({ title, minLength, maxLength }: JsonSchema): string {
  if (title !== undefined) return `${title[0]?.toLowerCase()}${title.slice(1)}`
  if (maxLength === undefined) return 'text'
  const characters = maxLength === 1 ? 'one character' : `${maxLength} characters`
  return minLength === maxLength ? characters : `at most ${characters}`
}

function range({ minimum, maximum }: JsonSchema): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`
  return minimum === undefined ? '' : ` of at least ${minimum}`
}
