import {
  type ColumnKind,
  extractRelations,
  type RelationColumn,
  type RelationName,
  relations,
} from '../../canonical/index.js'
import type { ExtractColumn, ExtractContract, Projection } from '../../config/extract-contract.js'
import type { ColumnFacts } from './column-facts.js'
import { codeWords, fieldNames, relationNames } from './field-names.js'
import { likeness, wordsOf } from './name-words.js'
import { fieldWords, hashedFields } from './relation-facts.js'

export interface NamedColumn extends ColumnFacts {
  readonly name: string
  /** What its name says where it says nothing by itself. */
  readonly said?: string
  readonly sensitivity: ExtractColumn['sensitivity']
}

export interface MappedField {
  readonly field: string
  readonly column: string
  /** 0.6 to 1: how much the name says it. */
  readonly score: number
  /** Another column that would do about as well. */
  readonly rival?: string
}

export interface RelationGuess {
  readonly relation: RelationName
  /** 0 to 1. */
  readonly score: number
  readonly fields: readonly MappedField[]
  /** Required fields without a column. */
  readonly lacking: readonly string[]
}

/** Field of a relation: what is projected there from columns of that name, by contracts that there are already. */
export type KnownSources = ReadonlyMap<string, ReadonlyMap<string, Projection>>

export interface Wishes {
  readonly relation?: RelationName | undefined
  /** Field: column that a person says it is. */
  readonly map: Readonly<Record<string, string>>
  /** Field: the same value in every record. */
  readonly constants: Readonly<Record<string, string>>
}

/** Below this a likeness of names says nothing. */
const LEAST = 0.6

/** Which relations the columns could fill, the likeliest first. `about`: names of the file, of the contract and of what the records stand in. */
export function guessRelations(
  columns: readonly NamedColumn[],
  about: readonly string[],
  known: KnownSources,
  wishes: Wishes,
): RelationGuess[] {
  const asked = wishes.relation === undefined ? extractRelations : [wishes.relation]
  return asked
    .map((relation) => guessOf(relation, columns, about, known, wishes))
    .sort((a, b) => b.score - a.score || a.lacking.length - b.lacking.length)
}

function guessOf(
  relation: RelationName,
  columns: readonly NamedColumn[],
  about: readonly string[],
  known: KnownSources,
  wishes: Wishes,
): RelationGuess {
  const described: Readonly<Record<string, RelationColumn>> = relations[relation]
  const pairs = Object.entries(described).flatMap(([field, { kind, required }]) => {
    if (wishes.constants[field] !== undefined) return []
    const wished = wishes.map[field]
    return columns.flatMap((column) => {
      if (wished !== undefined)
        return column.name === wished ? [{ field, column: column.name, score: 1, required }] : []
      if (Object.values(wishes.map).includes(column.name) || !mayBe(column, field, kind)) return []
      const exactly = known.get(`${relation}.${field}`)?.has(column.name.toUpperCase()) === true
      const score = exactly ? 1.05 : nameScore(column.said ?? column.name, relation, field)
      const said = saysNoWord(column, relation, field) ? score * 0.9 : score
      return said < LEAST ? [] : [{ field, column: column.name, score: said, required }]
    })
  })
  pairs.sort((a, b) => b.score - a.score || Number(b.required) - Number(a.required))
  const fields = new Map<string, MappedField>()
  const used = new Set<string>()
  for (const { field, column, score } of pairs) {
    const taken = fields.get(field)
    if (taken !== undefined) {
      if (taken.rival === undefined && !used.has(column) && taken.score - score < 0.1)
        fields.set(field, { ...taken, rival: column })
      continue
    }
    if (used.has(column)) continue
    fields.set(field, { field, column, score: Math.min(1, score) })
    used.add(column)
  }
  for (const [field, { kind, required }] of Object.entries(described)) {
    if (!required || fields.has(field) || wishes.constants[field] !== undefined) continue
    const last = lastResort(
      relation,
      field,
      kind,
      columns.filter(({ name }) => !used.has(name)),
    )
    if (last === undefined) continue
    fields.set(field, { field, column: last, score: LEAST })
    used.add(last)
  }
  const inOrder = Object.keys(described).flatMap((field) => fields.get(field) ?? [])
  const required = Object.entries(described).filter(([, { required }]) => required)
  const given = (field: string): number => fields.get(field)?.score ?? (wishes.constants[field] === undefined ? 0 : 1)
  const covered = required.reduce((sum, [field]) => sum + given(field), 0) / required.length
  const explained = inOrder.reduce((sum, { score }) => sum + score, 0) / Math.max(1, columns.length)
  return {
    relation,
    score: 0.55 * covered + 0.35 * explained + 0.1 * fileSays(relation, about),
    fields: inOrder,
    lacking: required.map(([field]) => field).filter((field) => given(field) === 0),
  }
}

/** For a field that must be there: the only date left, or the only column that has the field's word in its name, as "OR Location" has. */
function lastResort(
  relation: RelationName,
  field: string,
  kind: ColumnKind,
  left: readonly NamedColumn[],
): string | undefined {
  const fitting = left.filter((column) => mayBe(column, field, kind))
  if (kind === 'date') return fitting.length === 1 ? fitting[0]?.name : undefined
  const own = [field.replaceAll('_', ' '), ...(fieldNames[`${relation}.${field}`] ?? fieldNames[field] ?? [])].map(
    wordsOf,
  )
  const heads = new Set(own.flatMap((words) => (words.length === 1 ? words : [])))
  const alike = fitting.filter(({ name }) => wordsOf(name).some((word) => heads.has(word)))
  return alike.length === 1 ? alike[0]?.name : undefined
}

/** A field of words, such as a status, and none of the column's few values is how a system writes one of them. */
function saysNoWord({ values }: NamedColumn, relation: RelationName, field: string): boolean {
  const words = fieldWords[`${relation}.${field}`] ?? fieldWords[field]
  if (words === undefined || values.length === 0) return false
  const written = new Set(words.flatMap((word) => [word.toUpperCase(), ...(codeWords[word] ?? [])]))
  return !values.some((value) => written.has(value.toUpperCase()))
}

/**
 * How much a column's name says that it is this field. A reference, as Workday writes them, may be called by what it refers to or by its kind of id:
 * Company/ID[@type=Organization_Reference_ID]. An id that only Workday knows (WID) is never one; a Descriptor is a name, and the id goes before it.
 */
function nameScore(name: string, relation: RelationName, field: string): number {
  const [, referred, what] = /([^/]+)\/(@Descriptor|ID(?:\[@type=[^\]]+\])?)$/.exec(name) ?? []
  if (referred === undefined || what === undefined) return wordsScore(name, relation, field)
  if (what === 'ID[@type=WID]') return 0
  const kind = /@type=([^\]]+)/.exec(what)?.[1]
  const byKind = kind === undefined ? 0 : wordsScore(kind, relation, field)
  return Math.max(byKind, wordsScore(referred, relation, field) * (what === '@Descriptor' ? 0.95 : 0.98))
}

function wordsScore(name: string, relation: RelationName, field: string): number {
  const words = wordsOf(name)
  const own = fieldNames[`${relation}.${field}`] ?? fieldNames[field] ?? []
  // An earlier name is the better one, by a hair: so that of two columns the one called more exactly is taken.
  const scores = own.map((phrase, n) => likeness(words, wordsOf(phrase)) - Math.min(n, 20) * 0.001)
  // "Supplier Status" of a vendor is its status.
  const noun = nounsOf(relation)
  const bare = words.filter((word) => !noun.has(word))
  const ofIt = bare.length > 0 && bare.length < words.length ? likeness(bare, wordsOf(field)) * 0.95 : 0
  return Math.max(likeness(words, wordsOf(field)), ofIt, ...scores)
}

const alsoCalled: Readonly<Record<string, readonly string[]>> = {
  vendor: ['supplier'],
  voucher: ['invoice'],
  po: ['purchase', 'order'],
  charge: ['charges'],
}

const nounsOf = (relation: RelationName): ReadonlySet<string> =>
  new Set(wordsOf(relation).flatMap((word) => (word === 'line' ? [] : [word, ...(alsoCalled[word] ?? [])])))

/** Whether the values of a column could be those of a field. */
function mayBe(column: NamedColumn, field: string, kind: ColumnKind): boolean {
  if (column.filled === 0) return kind === 'text' && column.sensitivity === 'none'
  if (hashedFields.has(field)) return true
  if (column.sensitivity === 'personal') return false
  switch (kind) {
    case 'date':
      return column.date !== undefined
    case 'flag':
      return column.distinct <= 3
    case 'integer':
      return column.number !== undefined && !column.decimals
    case 'text':
      return !(column.number !== undefined && column.decimals)
    case 'hours':
      return column.number !== undefined
    default:
      return column.number !== undefined && column.number['hours-and-minutes'] !== true
  }
}

function fileSays(relation: RelationName, about: readonly string[]): number {
  const phrases = [relation, ...(relationNames[relation] ?? [])].map(wordsOf)
  return Math.max(
    0,
    ...about.flatMap((name) => {
      const words = wordsOf(name).filter((word) => !/^\d+$/.test(word))
      return phrases.map((phrase) => likeness(words, phrase))
    }),
  )
}

/** What contracts that there are already say of columns, by relation and field. */
export function knownSources(contracts: readonly ExtractContract[]): KnownSources {
  const known = new Map<string, Map<string, Projection>>()
  for (const { projections } of contracts)
    for (const { relation, map } of projections)
      for (const [field, source] of Object.entries(map)) {
        const column = typeof source === 'string' ? source : 'column' in source ? source.column : undefined
        if (column === undefined) continue
        const key = `${relation}.${field}`
        const sources = known.get(key) ?? new Map<string, Projection>()
        sources.set(column.toUpperCase(), source)
        known.set(key, sources)
      }
  return known
}
