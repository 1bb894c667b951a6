import { z } from 'zod'
import type { CanonicalDocument, Envelope } from '../canonical/index.js'
import { nearMiss } from '../errors/index.js'
import { orderShapes } from './json-orders.js'
import { NOWHERE } from './json-parts.js'
import { supplierShapes } from './json-supplier.js'
import { json } from './json-values.js'

/** A mistake in a document's JSON, for the person who wrote it. */
export interface JsonProblem {
  /** As in $.lines[0].quantity. */
  readonly path: string
  readonly expected: string
  /** What was probably meant. */
  readonly nearMiss?: string
  /** All of it, as a sentence. */
  readonly message: string
}

export type DocumentOfJson =
  | { readonly document: CanonicalDocument; readonly problems: readonly [] }
  | { readonly document: undefined; readonly problems: readonly JsonProblem[] }

type Path = readonly PropertyKey[]

const NO_ENVELOPE: Envelope = {
  senderQualifier: '',
  sender: '',
  receiverQualifier: '',
  receiver: '',
  groupSender: '',
  groupReceiver: '',
  interchangeControl: '',
  groupControl: '',
  transactionControl: '',
  usage: '',
  version: '',
}
/** Of a document that was read; what is not known is empty text. */
const envelope = json.object(
  Object.fromEntries(Object.keys(NO_ENVELOPE).map((key) => [key, z.string({ error: 'a text' }).optional()])),
)

const schemas: Readonly<Record<string, z.ZodType>> = Object.fromEntries(
  Object.entries({ ...orderShapes, ...supplierShapes }).map(([kind, shape]) => [kind, documentSchema(kind, shape)]),
)

/** Places are whatever writing gives them. Segments that were not read cannot be written again. */
function documentSchema(kind: string, shape: z.ZodRawShape): z.ZodType {
  const none = z.array(z.unknown()).max(0, { error: 'no unmapped segments: they would not be written' })
  const unmapped = none.optional().transform(() => undefined)
  return json.object({ kind: z.literal(kind), ...shape, envelope: envelope.optional(), span: json.ignored, unmapped })
}

/**
 * A canonical document as a person writes it in JSON: kind and fields, without places and what was not
 * read; the envelope is kept where there is one, else its fields are empty text. Every mistake is
 * told, with its JSON path, what was expected, and a near miss. GTINs and the kind of a party's id come out as reading gives them.
 */
export function documentOfJson(value: unknown): DocumentOfJson {
  if (!isObject(value)) return refused([problem(value, [], 'an object')])
  const { kind } = value
  const schema = typeof kind === 'string' && Object.hasOwn(schemas, kind) ? schemas[kind] : undefined
  if (schema === undefined) {
    const kinds = Object.keys(schemas)
    const meant = typeof kind === 'string' ? nearMiss(kind, kinds) : undefined
    return refused([problem(value, ['kind'], `one of ${kinds.join(', ')}`, meant)])
  }
  const parsed = schema.safeParse(value)
  if (!parsed.success) return refused(explained(value, parsed.error.issues))
  const said = parsed.data as CanonicalDocument
  const document = { ...said, envelope: { ...NO_ENVELOPE, ...said.envelope }, span: NOWHERE, unmapped: [] }
  return { document, problems: [] }
}

const refused = (problems: readonly JsonProblem[]): DocumentOfJson => ({ document: undefined, problems })

/** A misspelt key is one mistake: that its right spelling is missing says nothing new. */
function explained(value: unknown, issues: readonly z.core.$ZodIssue[]): JsonProblem[] {
  const unknown = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => unknownKey(value, issue.path, key, issue.message))
      : [],
  )
  const meant = new Set(unknown.map(({ path, nearMiss }) => `${path.slice(0, path.lastIndexOf('.'))}.${nearMiss}`))
  const others = issues
    .filter(({ code }) => code !== 'unrecognized_keys')
    .map(({ path, message }) => problem(value, path, message))
  return [...unknown, ...others.filter(({ path }) => !meant.has(path))]
}

function unknownKey(value: unknown, path: Path, key: string, known: string): JsonProblem {
  const present = Object.keys(valueAt(value, path) as object)
  const names = known.split(' ')
  const meant = nearMiss(
    key.replaceAll('_', ''),
    names.filter((name) => !present.includes(name)),
  )
  const at = pathText([...path, key])
  return {
    path: at,
    expected: `one of ${names.join(', ')}`,
    ...(meant === undefined ? {} : { nearMiss: meant }),
    message: `${at} is not known here${meant === undefined ? `, but ${names.join(', ')}` : `; did you mean ${meant}?`}`,
  }
}

function problem(value: unknown, path: Path, expected: string, meant?: string): JsonProblem {
  const found = valueAt(value, path)
  const at = pathText(path)
  const said = found === undefined ? `${at} is missing` : `${at} is ${JSON.stringify(found).slice(0, 60)}`
  return {
    path: at,
    expected,
    ...(meant === undefined ? {} : { nearMiss: meant }),
    message: `${said}; expected ${expected}${meant === undefined ? '' : `; did you mean ${meant}?`}`,
  }
}

const isObject = (value: unknown): value is Readonly<Record<PropertyKey, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (found, key) =>
      typeof found === 'object' && found !== null ? (found as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  )

const pathText = (path: Path): string =>
  path.reduce<string>((text, key) => text + (typeof key === 'number' ? `[${key}]` : `.${String(key)}`), '$')
