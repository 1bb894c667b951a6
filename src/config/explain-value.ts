import { nearMiss } from '../errors/index.js'
import type { JsonSchema } from './json-schema.js'
import type { Problem } from './problem.js'
import { isMap, variantsOf } from './schema-variants.js'
import { inWords } from './schema-words.js'
import type { SettingsFile } from './settings-file.js'
import type { Path } from './yaml-nodes.js'

/** A value that is not what its schema wants; `said` are the schema's own words for what it wants. */
export function explainValue(
  file: SettingsFile,
  path: Path,
  value: unknown,
  schema: JsonSchema,
  secret: boolean,
  said: string | undefined,
): Problem {
  const expected = said ?? inWords(schema)
  const wrong = (message: string, suggestion?: string, instead = expected): Problem =>
    problemAt(file, path, 'value', message, instead, suggestion)
  if (value === null) return wrong(path.length === 0 ? 'an empty file' : 'nothing after the key')
  if (isMap(value)) return wrong('a map')
  if (Array.isArray(value)) return wrong(value.length === 0 ? 'an empty list' : 'a list')
  if (secret) return wrong('a value (not shown, it may be the secret itself)')
  const variants = variantsOf(schema)
  const choices = variants.flatMap((variant) => variant.enum ?? (variant.const === undefined ? [] : [variant.const]))
  if (typeof value !== 'string') {
    const written = file.plainText(path) ?? String(value)
    const wantsText = variants.some(({ type }) => type === 'string')
    if (!wantsText || (choices.length > 0 && !choices.includes(written))) return wrong(written)
    const kind = typeof value === 'number' ? `the number ${value}` : `a ${typeof value}`
    const inQuotes = expected === 'text' ? 'text in quotes' : expected
    return wrong(`${written} without quotes is read as ${kind}`, `"${written}"`, inQuotes)
  }
  if (value === '') return wrong('empty text', undefined, expected === 'text' ? 'some text' : expected)
  // Text where only a map may stand could be anything, a password too.
  const shown = variants.every(({ type }) => type === 'object' || type === 'array') ? 'text' : `"${shorten(value)}"`
  return wrong(shown, nearMiss(value, choices))
}

/** Messages that our schemas give are words for what was expected; the schema library's own are not. */
export const ownWords = (message: string): string | undefined =>
  /^(Invalid|Too |Unrecognized)/.test(message) ? undefined : message

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}...` : text)

export function problemAt(
  file: SettingsFile,
  path: Path,
  at: 'key' | 'value',
  message: string,
  expected: string,
  suggestion?: string,
): Problem {
  return {
    ...file.place(path, at),
    path: path.join('.'),
    message,
    expected,
    ...(suggestion === undefined ? {} : { suggestion }),
  }
}
