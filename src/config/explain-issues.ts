import type { z } from 'zod'
import type { JsonSchema } from './json-schemas.js'
import { nearMiss } from './near-miss.js'
import type { Problem } from './problem.js'
import { isMap, nearestVariant, schemaAt, valueAt, variantsOf } from './schema-variants.js'
import { inWords, isSecret, oneOf } from './schema-words.js'
import type { SettingsFile } from './settings-file.js'
import type { Path } from './yaml-nodes.js'

type Issue = z.core.$ZodIssue

/** A setting as far down as the issues at hand are told from. */
interface Level {
  readonly path: Path
  readonly schema: JsonSchema
  readonly secret: boolean
  /** The union of which `schema` is the variant that was probably meant. */
  readonly union?: JsonSchema
}

/** What a strict schema has against a file, said for the person who wrote it: with place, what was expected, and a near miss. */
export const explainIssues = (file: SettingsFile, schema: JsonSchema, issues: readonly Issue[]): Problem[] =>
  explainLevel(file, { path: [], schema, secret: false }, issues)

function explainLevel(file: SettingsFile, level: Level, issues: readonly Issue[]): Problem[] {
  const unknown = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => explainUnknownKey(file, level, issue, key)) : [],
  )
  // A misspelt key is one mistake: that its right spelling is missing says nothing new.
  const meant = new Set(
    unknown.map(({ suggestion, path }) => `${path.slice(0, path.lastIndexOf('.') + 1)}${suggestion}`),
  )
  const others = issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? [] : explainIssue(file, level, issue)))
  return [...unknown, ...others.filter(({ path, message }) => !(message.startsWith('missing key') && meant.has(path)))]
}

function explainUnknownKey(file: SettingsFile, level: Level, issue: Issue, key: string): Problem {
  const inside = valueAt(file.data, level.path)
  const at = pathOf(issue)
  const { schema } = schemaAt(level.schema, inside, at)
  const map = valueAt(inside, at)
  const variants = variantsOf(schema)
  const chosen = variants[nearestVariant(variants, map) ?? 0] ?? schema
  const names = Object.keys(chosen.properties ?? {})
  const present = isMap(map) ? Object.keys(map) : []
  const elsewhere =
    at.length === 0 && variantsOf(level.union ?? {}).some(({ properties = {} }) => Object.hasOwn(properties, key))
  const beside = names.find((name) => present.includes(name))
  if (elsewhere && beside !== undefined) {
    return problem(
      file,
      [...level.path, ...at, key],
      'key',
      `key "${key}" beside "${beside}"`,
      inWords(level.union ?? {}),
    )
  }
  const path = [...level.path, ...at, key]
  const free = names.filter((name) => !present.includes(name))
  return problem(file, path, 'key', `unknown key "${key}"`, oneOf(names), nearMiss(key, free))
}

function explainIssue(file: SettingsFile, level: Level, issue: Issue): Problem[] {
  const at = pathOf(issue)
  const path = [...level.path, ...at]
  const inside = valueAt(file.data, level.path)
  const found = schemaAt(level.schema, inside, at)
  const secret = level.secret || found.secret
  const value = valueAt(inside, at)
  const { schema } = found
  const expected = ownWords(issue.message) ?? inWords(schema)
  if (issue.code === 'invalid_key') {
    const said = issue.issues.map(({ message }) => ownWords(message)).find((words) => words !== undefined)
    return [problem(file, path, 'key', `the name "${path.at(-1)}"`, said ?? 'another name')]
  }
  if (value === undefined) {
    return [problem(file, path, 'key', `missing key "${path.at(-1) ?? ''}"`, inWords(schema))]
  }
  if (issue.code === 'invalid_union' && 'errors' in issue && issue.errors.length > 0) {
    const variants = variantsOf(schema)
    const nearest = isSecret(schema) && !isMap(value) ? undefined : nearestVariant(variants, value)
    const errors = nearest === undefined ? undefined : issue.errors[nearest]
    const variant = nearest === undefined ? undefined : variants[nearest]
    if (errors !== undefined && variant !== undefined && isMap(value)) {
      return explainLevel(file, { path, schema: variant, secret, union: schema }, errors)
    }
  }
  return [explainValue(file, path, value, schema, secret, expected)]
}

function explainValue(
  file: SettingsFile,
  path: Path,
  value: unknown,
  schema: JsonSchema,
  secret: boolean,
  expected: string,
): Problem {
  const written = file.plainText(path)
  if (secret) {
    const shown = isMap(value)
      ? 'a map'
      : Array.isArray(value)
        ? 'a list'
        : value === null
          ? 'nothing'
          : 'a value (not shown here)'
    return problem(file, path, 'value', `${shown} where a secret is referred to`, expected)
  }
  if (value === null)
    return problem(file, path, 'value', path.length === 0 ? 'an empty file' : 'nothing after the key', expected)
  if (Array.isArray(value))
    return problem(file, path, 'value', value.length === 0 ? 'an empty list' : 'a list', expected)
  if (isMap(value)) return problem(file, path, 'value', 'a map', expected)
  if (typeof value !== 'string') {
    const source = written ?? String(value)
    if (!wantsText(schema)) return problem(file, path, 'value', source, expected)
    const kind = typeof value === 'number' ? `the number ${value}` : `a ${typeof value}`
    return problem(
      file,
      path,
      'value',
      `${source} without quotes is read as ${kind}`,
      expected === 'text' ? 'text in quotes' : expected,
      `"${source}"`,
    )
  }
  const choices = variantsOf(schema).flatMap(
    (variant) => variant.enum ?? (variant.const === undefined ? [] : [variant.const]),
  )
  const wantsScalar = variantsOf(schema).some(({ type }) => type !== 'object' && type !== 'array')
  const found = value === '' ? 'empty text' : wantsScalar ? `"${shorten(value)}"` : 'text'
  return problem(
    file,
    path,
    'value',
    found,
    value === '' && expected === 'text' ? 'text of at least one character' : expected,
    nearMiss(value, choices),
  )
}

const wantsText = (schema: JsonSchema): boolean => variantsOf(schema).some(({ type }) => type === 'string')

const pathOf = ({ path }: Issue): Path => path.map((step) => (typeof step === 'symbol' ? String(step) : step))

/** Messages our schemas give are the words for what was expected; zod's own are not. */
const ownWords = (message: string): string | undefined =>
  /^(Invalid|Too |Unrecognized)/.test(message) ? undefined : message

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}...` : text)

function problem(
  file: SettingsFile,
  path: Path,
  at: 'key' | 'value',
  message: string,
  expected: string,
  suggestion?: string,
): Problem {
  return {
    file: file.name,
    ...file.place(path, at),
    path: path.join('.'),
    message,
    expected,
    ...(suggestion === undefined ? {} : { suggestion }),
  }
}
