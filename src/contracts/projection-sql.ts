import {
  type ColumnKind,
  literal,
  type RelationColumn,
  type RelationName,
  relations,
  sqlType,
} from '../canonical/index.js'
import type { ExtractColumn, ExtractContract, Projection } from '../config/extract-contract.js'
import type { TestedColumn } from '../formats/delimited/index.js'
import { blankedColumns } from './blanked-columns.js'
import type { Check } from './check.js'
import { identityChecks } from './identity-checks.js'
import { keyedHashSql } from './keyed-hash.js'
import type { TestedColumns } from './known-column.js'
import { lookUpChecks } from './look-up.js'
import { quotientSql, typedSql, wanted } from './value-sql.js'
import { whenColumn } from './when-column.js'

export type ContractProjection = ExtractContract['projections'][number]

export interface ProjectedValue {
  readonly name: string
  readonly sql: string
  /** Where the relation would take an unfit value for an empty one: SQL that is NULL exactly where the value may be. */
  readonly nullWith?: string
}

/** A value that is taken along beside those of the relation. */
export interface SideValue extends ProjectedValue {
  /** File column. */
  readonly column: string
  readonly type: string
}

export interface ProjectionSql {
  readonly relation: RelationName
  /** Canonical columns and their values over the cleaned file columns. */
  readonly values: readonly ProjectedValue[]
  readonly checks: readonly Check[]
  /** File columns whose text the above need. */
  readonly uses: readonly string[]
  /** File columns that, when empty, the relation's own NOT NULL does not let in. */
  readonly enforced: ReadonlySet<string>
  /** File column by which effective-dated records are told apart: none of the values, so nothing else sees a wrong one. */
  readonly newestBy: string | undefined
  /** File column that says what became of the record: none of the values either. */
  readonly changes: string | undefined
  /** File columns behind the key, SQL of what is shown of each (never an identity), and whether the key cannot do without them. */
  readonly keyColumns: readonly { readonly column: string; readonly shown: string; readonly required: boolean }[]
}

/** Name of a cleaned file column in queries; contracts may name columns as no SQL identifier is written. */
export const textOf = (contract: ExtractContract, column: string): string =>
  `t${contract.columns.findIndex(({ name }) => name === column)}`

/**
 * One projection of a contract that has no mistakes (see contractMistakes).
 * @param tested what is known of the columns of the file it is for, so that it is not asked of each value
 */
export function projectionSql(
  contract: ExtractContract,
  projection: ContractProjection,
  tested: TestedColumns = new Map(),
): ProjectionSql {
  const relation = projection.relation as RelationName
  const described: Readonly<Record<string, RelationColumn>> = relations[relation]
  const values: ProjectedValue[] = []
  const checks: Check[] = []
  const uses = new Set<string>()
  const enforced = new Set<string>()
  const became = new Map<string, readonly string[]>()
  const keyColumns: { column: string; shown: string; required: boolean }[] = []
  for (const { name } of contract.columns.filter((column) => column.required)) {
    uses.add(name)
    checks.push(missing(name, textOf(contract, name)))
  }
  if (projection.when !== undefined) uses.add(whenColumn(projection.when))
  checks.push(...lookUpChecks(contract, (name) => textOf(contract, name)))
  const newestBy = projection['newest-by']
  if (newestBy !== undefined) {
    const [text, column] = [textOf(contract, newestBy), columnOf(contract, newestBy)]
    uses.add(newestBy)
    checks.push({
      column: newestBy,
      code: 'DATA-TYPE',
      reason: `is not ${wanted(column, sqlType.date)}`,
      bad: wrong(text, typedSql(text, column, sqlType.date)),
    })
  }

  const { changes } = projection
  if (changes !== undefined) {
    uses.add(changes.column)
    const codes = Object.keys(changes.codes)
    checks.push({
      column: changes.column,
      code: 'DATA-TYPE',
      reason: `is not one of ${codes.map((code) => (code === '' ? 'empty' : code)).join(', ')}`,
      bad: `coalesce(${textOf(contract, changes.column)}, '') NOT IN (${codes.map(literal).join(', ')})`,
    })
  }

  for (const [name, { kind, required, oneOf }] of Object.entries(described)) {
    const source = projection.map[name]
    if (source === undefined) continue
    if (typeof source === 'object' && 'file' in source)
      throw new RangeError(`${name} of ${contract.contract} comes from the name of a file that nobody gave`)
    if (typeof source === 'object' && 'constant' in source) {
      values.push({ name, sql: constantSql(source.constant, kind) })
      continue
    }
    const from = translated(typeof source === 'string' ? { column: source } : source, oneOf)
    const column = columnOf(contract, from.column)
    const text = textOf(contract, from.column)
    for (const source of [from.column, ...(('join' in from && from.join) || []).map(({ column }) => column)]) {
      uses.add(source)
      became.set(source, [...(became.get(source) ?? []), name])
    }
    const divisor = divisorOf(contract, from, tested)
    const converted =
      divisor === undefined
        ? convert(text, column, kind, from, (name) => textOf(contract, name), tested.get(column.name))
        : quotientSql(typedSql(text, column, sqlType.price, tested.get(column.name)), divisor.sql, kind)
    for (const name of divisor?.uses ?? []) uses.add(name)
    if (projection.key.includes(name)) {
      const shown = column.sensitivity === 'personal' ? converted : text
      keyColumns.push({ column: from.column, shown, required })
    }
    const emptyAs = 'empty-as' in from ? from['empty-as'] : undefined
    let sql = converted
    const given = mayLackPart(from) ? partSql(text, from, (name) => textOf(contract, name)) : text
    const reason = wrongWhen(column, kind, from)
    if (reason !== undefined)
      checks.push({ column: from.column, code: 'DATA-TYPE', reason, bad: wrong(given, converted) })
    if ('minus' in from && from.minus !== undefined) {
      const less = columnOf(contract, from.minus)
      const lessText = textOf(contract, from.minus)
      const lessSql = typedSql(lessText, less, sqlType[kind], tested.get(less.name))
      uses.add(from.minus)
      // A debit that is empty beside a credit is what empty-as says, less the credit.
      const whole = emptyAs === undefined ? converted : orWhenEmpty(text, converted, constantSql(emptyAs, kind))
      sql = `CASE WHEN ${lessText} IS NULL THEN ${whole} ELSE TRY((${whole} - ${lessSql})::${sqlType[kind]}) END`
      checks.push({
        column: from.minus,
        code: 'DATA-TYPE',
        reason: `is not ${wanted(less, sqlType[kind])}`,
        bad: `(${whole}) IS NOT NULL AND (${sql}) IS NULL`,
      })
    }
    if ('sign-from' in from && from['sign-from'] !== undefined) {
      const { column: name, codes } = from['sign-from']
      const sign = textOf(contract, name)
      uses.add(name)
      checks.push(unknownCode(name, sign, Object.keys(codes), `(${sql}) IS NOT NULL`))
      const cases = Object.entries(codes).map(
        ([code, as]) => `WHEN ${literal(code)} THEN ${as === 'plus' ? sql : `(-(${sql}))::${sqlType[kind]}`}`,
      )
      sql = `CASE ${sign} ${cases.join(' ')} END`
    }
    const signed = 'only-sign' in from ? from['only-sign'] : undefined
    if (signed !== undefined) {
      const kept =
        signed === 'plus' ? `WHEN ${sql} > 0 THEN ${sql}` : `WHEN ${sql} < 0 THEN (-(${sql}))::${sqlType[kind]}`
      sql = `CASE ${kept} WHEN ${sql} IS NOT NULL THEN ${emptyAs === undefined ? 'NULL' : constantSql(emptyAs, kind)} END`
    }
    const where = 'only-where' in from ? from['only-where'] : undefined
    const lessened = 'minus' in from && from.minus !== undefined
    if (emptyAs !== undefined && !lessened) sql = orWhenEmpty(given, sql, constantSql(emptyAs, kind))
    else if (emptyAs === undefined && required) {
      enforced.add(from.column)
      if (!column.required) checks.push(missing(from.column, text))
    }
    let nullWith = required || reason === undefined || sql === text ? undefined : emptyAs === undefined ? given : 'true'
    if (signed !== undefined) nullWith = `CASE WHEN (${converted}) IS NULL THEN ${text} END`
    if (where !== undefined) {
      const place = textOf(contract, where.column)
      const codesOf = (wanted: string) =>
        Object.entries(where.codes).flatMap(([code, what]) => (what === wanted ? [literal(code)] : []))
      const isOne = (codes: readonly string[]) => (codes.length === 0 ? 'false' : `${place} IN (${codes.join(', ')})`)
      uses.add(where.column)
      checks.push(unknownCode(where.column, place, Object.keys(where.codes)))
      const otherwise = emptyAs === undefined ? 'NULL' : constantSql(emptyAs, kind)
      sql = `CASE WHEN ${isOne(codesOf('use'))} THEN ${sql} WHEN ${isOne(codesOf('leave'))} THEN ${otherwise} END`
      nullWith = `CASE WHEN ${isOne(codesOf('leave'))} THEN NULL WHEN ${isOne(codesOf('use'))} THEN ${nullWith ?? 'NULL'} ELSE 'unknown' END`
    }
    values.push({ name, sql, ...(nullWith === undefined ? {} : { nullWith }) })
  }
  const mayBeBlank = blankedColumns(contract)
  const projected = contract.columns
    .filter(({ name }) => uses.has(name))
    .map((column) => ({ column, becomes: became.get(column.name) ?? [], mayBeBlank: mayBeBlank.has(column.name) }))
  const inCapitals = (name: string): string => {
    const text = textOf(contract, name)
    return changesNothing('upper', tested.get(name)) ? text : transformSql.upper(text)
  }
  const identity = identityChecks(contract, projected, (name) => textOf(contract, name), inCapitals)
  for (const name of identity.uses) uses.add(name)
  return {
    relation,
    values,
    checks: [...checks, ...identity.checks],
    uses: [...uses],
    enforced,
    keyColumns,
    newestBy,
    changes: changes?.column,
  }
}

const orWhenEmpty = (text: string, value: string, otherwise: string): string =>
  `CASE WHEN ${text} IS NULL THEN ${otherwise} ELSE ${value} END`

/** SQL over the cleaned file columns that is true of the records the projection is about. */
export function whenSql(contract: ExtractContract, { when }: ContractProjection): string {
  if (when === undefined) return 'true'
  return typeof when === 'string'
    ? `${textOf(contract, when)} IS NOT NULL`
    : `coalesce(${textOf(contract, when.column)} IN (${when.is.map(literal).join(', ')}), false)`
}

/** SQL over the cleaned file columns that is true of a record that takes out the one of its key; undefined where none does. */
export function removalSql(contract: ExtractContract, { changes }: ContractProjection): string | undefined {
  if (changes === undefined) return undefined
  const codes = Object.entries(changes.codes).flatMap(([code, what]) => (what === 'remove' ? [literal(code)] : []))
  return codes.length === 0 ? undefined : `coalesce(${textOf(contract, changes.column)}, '') IN (${codes.join(', ')})`
}

/** Texts of a closed list stand for themselves where the contract has no codes for them: any other is a wrong value. */
const translated = (from: FromColumn, oneOf: readonly string[] | undefined): FromColumn =>
  oneOf === undefined || ('codes' in from && from.codes !== undefined)
    ? from
    : { transform: [], ...from, codes: Object.fromEntries(oneOf.map((text) => [text, text])) }

/** What is said of a value that is there and cannot be converted; undefined where any text can be. */
function wrongWhen(column: ExtractColumn, kind: ColumnKind, from: FromColumn): string | undefined {
  if ('codes' in from && from.codes) return `is not one of ${Object.keys(from.codes).join(', ')}`
  if ('per' in from && from.per)
    return `divided by ${'constant' in from.per ? from.per.constant : from.per.column} is not ${wanted({ ...column, kind: 'decimal', scale: undefined, 'implied-decimals': undefined, 'hours-and-minutes': false }, sqlType[kind])}`
  if (column.kind !== 'text') return `is not ${wanted(column, sqlType[kind])}`
  if (!('transform' in from)) return undefined
  if (from.characters !== undefined || (from.part !== undefined && !mayLackPart(from))) return 'has no such part'
  return from.transform.includes('digits-only') ? 'has no digit' : undefined
}

/** What a number is divided by, and the column it stands in. */
function divisorOf(
  contract: ExtractContract,
  from: FromColumn,
  tested: TestedColumns,
): { readonly sql: string; readonly uses: readonly string[] } | undefined {
  const per = 'per' in from ? from.per : undefined
  if (per === undefined) return undefined
  if ('constant' in per) return { sql: constantSql(per.constant, 'price'), uses: [] }
  const column = columnOf(contract, per.column)
  const text = textOf(contract, per.column)
  const uses = [per.column]
  if (per.codes === undefined) return { sql: typedSql(text, column, sqlType.price, tested.get(column.name)), uses }
  const cases = Object.entries(per.codes).map(
    ([code, value]) => `WHEN ${literal(code)} THEN ${constantSql(value, 'price')}`,
  )
  return { sql: `CASE ${text} ${cases.join(' ')} END`, uses }
}

/** A value of another column that decides about this one, and is none of those that may stand there. */
const unknownCode = (column: string, text: string, codes: readonly string[], where = 'true'): Check => ({
  column,
  code: 'DATA-TYPE',
  reason: `is not one of ${codes.join(', ')}`,
  bad: `${where} AND coalesce(${text} NOT IN (${codes.map(literal).join(', ')}), true)`,
})

const missing = (column: string, text: string): Check => ({
  column,
  code: 'DATA-REQUIRED',
  reason: 'is empty',
  bad: `${text} IS NULL`,
})

const wrong = (text: string, converted: string): string => `(${text} IS NOT NULL AND (${converted}) IS NULL)`

function columnOf(contract: ExtractContract, name: string): ExtractColumn {
  const column = contract.columns.find((candidate) => candidate.name === name)
  if (column === undefined) throw new RangeError(`contract ${contract.contract} has no column ${name}`)
  return column
}

type FromColumn = Extract<Projection, { column: string }> | { readonly column: string }

/** Text: transform, pad, then translate codes. A value of which nothing is left, or an unknown code, is NULL: a wrong value. */
function convert(
  text: string,
  column: ExtractColumn,
  kind: ColumnKind,
  from: FromColumn,
  textOfColumn: (name: string) => string,
  tested: TestedColumn | undefined,
): string {
  if ('date-as' in from && from['date-as'] !== undefined)
    return `strftime(${typedSql(text, column, sqlType.date, tested)}, ${literal(from['date-as'])})`
  if (column.kind !== 'text') return typedSql(text, column, sqlType[kind], tested)
  let sql = 'transform' in from ? partSql(text, from, textOfColumn) : text
  for (const transform of 'transform' in from ? from.transform : [])
    if (sql !== text || !changesNothing(transform, tested)) sql = transformSql[transform](sql)
  const pad = 'pad-left' in from ? from['pad-left'] : undefined
  const isDigits = 'transform' in from && from.transform.includes('digits-only')
  if (pad) sql = padSql(sql, pad, isDigits ? 'strlen' : 'length')
  const codes = 'codes' in from ? from.codes : undefined
  if (codes === undefined) return sql
  const cases = Object.entries(codes).map(([code, value]) => `WHEN ${literal(code)} THEN ${constantSql(value, kind)}`)
  return `CASE ${sql} ${cases.join(' ')} END`
}

/** A transform of a text as it stands in the file, where all of them are known to come out as they went in. */
function changesNothing(transform: keyof typeof transformSql, tested: TestedColumn | undefined): boolean {
  if (transform === 'strip-leading-zeros') return tested?.unspaced === true && tested.noZeroFirst
  if (tested?.fits !== true) return false
  return (
    (transform === 'digits-only' && tested.test.kind === 'digits') ||
    (transform === 'upper' && tested.test.kind === 'capitals')
  )
}

type Shaped = Extract<Projection, { transform: unknown }>

const mayLackPart = (from: FromColumn): from is Shaped => 'transform' in from && from.part?.required === false

/** What of the text is taken, and what is put behind it. */
function partSql(text: string, { characters, part, join }: Shaped, textOfColumn: (name: string) => string): string {
  let sql = text
  if (characters !== undefined) {
    const { from, count } = characters
    sql = `nullif(trim(substring(${sql}, ${count === undefined ? from : `${from}, ${count}`})), '')`
  }
  if (part !== undefined) sql = `nullif(trim(split_part(${sql}, ${literal(part.between)}, ${part.number})), '')`
  for (const { column, between, 'pad-left': pad } of join ?? []) {
    const other = textOfColumn(column)
    sql = `(${sql} || coalesce(${literal(between)} || ${pad === undefined ? other : padSql(other, pad)}, ''))`
  }
  return sql
}

/** @param length how long a text is: `strlen` counts its bytes, which are its characters where all are digits */
const padSql = (
  text: string,
  { width, with: fill }: { readonly width: number; readonly with: string },
  length: 'length' | 'strlen' = 'length',
): string => `CASE WHEN ${length}(${text}) < ${width} THEN lpad(${text}, ${width}, ${literal(fill)}) ELSE ${text} END`

const transformSql = {
  /** A zero stays a zero: 000 is 0. */
  'strip-leading-zeros': (text: string) =>
    `CASE WHEN prefix(${text}, '0') THEN coalesce(nullif(ltrim(${text}, '0'), ''), '0') ELSE ${text} END`,
  upper: (text: string) => `upper(${text})`,
  'digits-only': (text: string) => `nullif(regexp_replace(${text}, '[^0-9]', '', 'g'), '')`,
  'keyed-hash': keyedHashSql,
}

const constantSql = (value: string, kind: ColumnKind): string =>
  kind === 'text' ? literal(value) : `${literal(value)}::${sqlType[kind]}`
