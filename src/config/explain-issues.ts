import type { z } from 'zod'
import { nearMiss } from '../errors/index.js'
import { explainValue, ownWords, problemAt } from './explain-value.js'
import type { JsonSchema } from './json-schema.js'
import type { Problem } from './problem.js'
import { isMap, knows, nearestVariant, schemaAt, valueAt, variantsOf } from './schema-variants.js'
import { inWords, oneOf } from './schema-words.js'
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
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => unknownKey(file, level, issue, key)) : [],
  )
  // A misspelt key is one mistake: that its right spelling is missing says nothing new.
  const meant = new Set(
    unknown.map(({ suggestion, path }) => `${path.slice(0, path.lastIndexOf('.') + 1)}${suggestion}`),
  )
  const others = issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? [] : explainIssue(file, level, issue)))
  return [...unknown, ...others.filter(({ path, message }) => !(message.startsWith('missing key') && meant.has(path)))]
}

function unknownKey(file: SettingsFile, level: Level, issue: Issue, key: string): Problem {
  const at = pathOf(issue)
  const here = [...level.path, ...at]
  const path = [...here, key]
  const map = valueAt(file.data, here)
  const present = isMap(map) ? Object.keys(map) : []
  const union = at.length === 0 ? level.union : undefined
  const variants = variantsOf(union ?? schemaAt(level.schema, valueAt(file.data, level.path), at).schema)
  // One variant's key among another's: both are known, but not together.
  const knowing = variants.filter((variant) => knows(variant, key))
  if (knowing.length > 0) {
    const kinds = knowing.map(({ properties }) => properties?.kind?.const)
    if (isMap(map) && kinds.every((kind) => kind !== undefined))
      return problemAt(file, path, 'key', `"${key}" in kind: ${map.kind}`, `kind: ${kinds.join(' or ')}`)
    const beside = present.find((name) => !variants.some((variant) => knows(variant, key) && knows(variant, name)))
    return problemAt(file, path, 'key', `key "${key}" beside "${beside}"`, variants.map(inWords).join(', or '))
  }
  const names = Object.keys(variants[nearestVariant(variants, map) ?? 0]?.properties ?? {})
  const free = names.filter((name) => !present.includes(name))
  return problemAt(file, path, 'key', `unknown key "${key}"`, oneOf(names), nearMiss(key, free))
}

function explainIssue(file: SettingsFile, level: Level, issue: Issue): Problem[] {
  const at = pathOf(issue)
  const path = [...level.path, ...at]
  const found = schemaAt(level.schema, valueAt(file.data, level.path), at)
  const secret = level.secret || found.secret
  const value = valueAt(file.data, path)
  const { schema } = found
  if (issue.code === 'invalid_key') {
    const said = issue.issues.map(({ message }) => ownWords(message)).find((words) => words !== undefined)
    return [problemAt(file, path, 'key', `the name "${path.at(-1)}"`, said ?? 'another name')]
  }
  const kinds = issue.code === 'invalid_union' && 'options' in issue ? issue.options?.map(String) : undefined
  const expected = kinds === undefined ? inWords(schema) : oneOf(kinds)
  if (value === undefined) return [problemAt(file, path, 'key', `missing key "${path.at(-1)}"`, expected)]
  if (kinds !== undefined) {
    return [problemAt(file, path, 'value', `"${String(value)}"`, expected, nearMiss(String(value), kinds))]
  }
  if (issue.code === 'invalid_union' && isMap(value)) {
    return explainVariant(file, { path, schema, secret }, Object.keys(value), value, issue.errors)
  }
  return [explainValue(file, path, value, schema, secret, ownWords(issue.message))]
}

/** A map that fits no variant of a union: what keeps it from being the nearest one. */
function explainVariant(
  file: SettingsFile,
  { path, schema: union, secret }: Level,
  names: readonly string[],
  value: unknown,
  errors: readonly (readonly Issue[])[],
): Problem[] {
  const variants = variantsOf(union)
  if (names.length === 0) return [problemAt(file, path, 'value', 'an empty map', inWords(union))]
  const nearest = nearestVariant(variants, value) ?? 0
  const schema = variants[nearest]
  if (schema !== undefined && names.some((name) => variants.some((variant) => knows(variant, name)))) {
    return explainLevel(file, { path, schema, secret, union }, errors[nearest] ?? [])
  }
  const known = variants.flatMap(({ properties = {} }) => Object.keys(properties))
  return names.map((name) =>
    problemAt(file, [...path, name], 'key', `unknown key "${name}"`, inWords(union), nearMiss(name, known)),
  )
}

const pathOf = ({ path }: Issue): Path => path.map((step) => (typeof step === 'symbol' ? String(step) : step))
