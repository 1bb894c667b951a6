import { type ColumnKind, parseDecimal, type RelationColumn, relations, scaleOf, sqlType } from '../canonical/index.js'
import type { ExtractColumn, ExtractContract, Projection } from '../config/extract-contract.js'
import { scaleOfKind } from './value-sql.js'
import { whenColumn } from './when-column.js'

const numeric: readonly ColumnKind[] = ['quantity', 'price', 'amount', 'factor', 'hours']

/** What a kind of file column may become. */
const fits: Readonly<Record<ExtractColumn['kind'], readonly ColumnKind[]>> = {
  text: ['text'],
  decimal: numeric,
  integer: [...numeric, 'integer'],
  date: ['date'],
  flag: ['flag'],
}

/** What the schema cannot see: names that do not exist, kinds that do not fit, values that could not be read exactly. */
export function contractMistakes(contract: ExtractContract): string[] {
  return [
    ...columnMistakes(contract),
    ...trailerMistakes(contract),
    ...contract.projections.flatMap((_, index) => [...projectionMistakes(contract, index)]),
  ]
}

function* columnMistakes({ columns }: ExtractContract): Generator<string> {
  const seen = new Set<string>()
  for (const {
    name,
    kind,
    formats,
    'true-values': yes,
    'false-values': no,
    scale,
    'implied-decimals': implied,
    'thousands-separator': thousands,
    'decimal-separator': point,
    'day-in': day,
  } of columns) {
    if (seen.has(name.toLowerCase())) yield `column ${name} stands twice`
    seen.add(name.toLowerCase())
    if (kind === 'date' && !formats?.length) yield `column ${name}: a date needs formats`
    if (
      kind === 'date' &&
      day === undefined &&
      formats?.some((format) => /%[zZ]/.test(format) && /%-?[HI]/.test(format))
    )
      yield `column ${name}: a time zone (%z, %Z) may move the date; say with day-in in which zone it is the day`
    if (formats?.some((format) => /%Z/.test(format) || /%z./.test(format)))
      yield `column ${name}: a zone stands at the end of the pattern, as %z`
    if (kind === 'flag' && !(yes?.length && no?.length))
      yield `column ${name}: a flag needs true-values and false-values`
    if (point !== undefined && point === thousands)
      yield `column ${name}: "${point}" cannot stand between thousands and before decimals`
    if (kind !== 'decimal' && (scale ?? implied) !== undefined)
      yield `column ${name}: only a decimal has scale or implied-decimals`
  }
}

function* trailerMistakes({ columns, format }: ExtractContract): Generator<string> {
  const framed = 'skip-records' in format ? format : undefined
  const { trailer, 'header-totals': before } = framed ?? {}
  const told = 'totals' in format ? format.totals : undefined
  if (before !== undefined && framed?.['header-marker'] === undefined)
    yield 'header-totals: header-marker has to say which record has them'
  for (const { column } of [...(before?.sums ?? []), ...(trailer?.sums ?? []), ...(told?.sums ?? [])]) {
    const kind = columns.find(({ name }) => name === column)?.kind
    if (kind !== 'decimal' && kind !== 'integer')
      yield `totals: ${column} is no decimal or integer column of the contract`
  }
}

function* projectionMistakes(contract: ExtractContract, index: number): Generator<string> {
  const projection = contract.projections[index]
  if (projection === undefined) return
  const { relation, key, map, when } = projection
  const at = `projection ${index + 1} (${relation})`
  const described: Readonly<Record<string, RelationColumn>> | undefined = Object.entries(relations).find(
    ([name]) => name === relation,
  )?.[1]
  if (described === undefined) return yield `${at}: no such relation; there are ${Object.keys(relations).join(', ')}`
  const known = new Map(contract.columns.map((column) => [column.name, column]))
  const newestBy = projection['newest-by']
  if (newestBy !== undefined && known.get(newestBy)?.kind !== 'date')
    yield `${at}: newest-by names ${newestBy}, which is no date column of the contract`
  const changes = projection.changes?.column
  if (changes !== undefined && known.get(changes)?.kind !== 'text')
    yield `${at}: changes names ${changes}, which is no text column of the contract`
  if (when !== undefined && !known.has(whenColumn(when)))
    yield `${at}: when names ${whenColumn(when)}, which is no column of the contract`
  for (const name of key) if (map[name] === undefined) yield `${at}: key column ${name} is not mapped`
  for (const [name, { required }] of Object.entries(described)) {
    if (required && map[name] === undefined) yield `${at}: ${name} is required and not mapped`
  }
  for (const [name, source] of Object.entries(map)) {
    const { kind, required = false } = described[name] ?? {}
    if (kind === undefined) yield `${at}: ${relation} has no column ${name}`
    else yield* sourceMistakes(`${at}, ${name}`, kind, source, known)
    const part = typeof source === 'object' && 'part' in source ? source.part : undefined
    if (required && part?.required === false && !(source as { 'empty-as'?: string })['empty-as'])
      yield `${at}, ${name}: is required, so a part that may be missing needs an empty-as beside it`
    for (const only of ['only-where', 'only-sign'] as const)
      if (required && typeof source === 'object' && 'only-where' in source && source[only] && !source['empty-as'])
        yield `${at}, ${name}: is required, so ${only} needs an empty-as beside it`
  }
}

function* sourceMistakes(
  at: string,
  kind: ColumnKind,
  source: Projection,
  known: ReadonlyMap<string, ExtractColumn>,
): Generator<string> {
  if (typeof source === 'object' && 'file' in source) {
    for (const value of Object.values(source.codes ?? {})) yield* constantMistakes(at, value, kind)
    return
  }
  if (typeof source === 'object' && 'constant' in source) return yield* constantMistakes(at, source.constant, kind)
  const from = typeof source === 'string' ? { column: source } : source
  const column = known.get(from.column)
  if (column === undefined) return yield `${at}: ${from.column} is no column of the contract`
  const transforms = 'transform' in from ? from.transform : []
  if (column.sensitivity === 'personal' && transforms.at(-1) !== 'keyed-hash')
    yield `${at}: ${from.column} is personal and never projected but as a keyed hash`
  if (transforms.includes('keyed-hash') && transforms.at(-1) !== 'keyed-hash')
    yield `${at}: keyed-hash is the last of the transforms`
  const codes = 'codes' in from ? from.codes : undefined
  if (codes !== undefined && column.kind !== 'text')
    yield `${at}: codes need a text column, ${from.column} is ${column.kind}`
  const dateText = 'date-as' in from && from['date-as'] !== undefined
  if (dateText && (column.kind !== 'date' || kind !== 'text'))
    yield `${at}: date-as makes a text of a date column, ${from.column} is ${column.kind}`
  if (codes === undefined && !dateText && !fits[column.kind].includes(kind))
    yield `${at}: ${from.column} is ${column.kind}, but a ${kind} (${sqlType[kind]}) is wanted`
  if (column['hours-and-minutes'] && kind !== 'hours')
    yield `${at}: ${from.column} is hours and minutes, but a ${kind} is wanted`
  if ('per' in from && from.per) yield* divisorMistakes(at, kind, column, from.per, known)
  for (const value of Object.values(codes ?? {})) yield* constantMistakes(at, value, kind)
  if (
    'transform' in from &&
    (from.transform.length > 0 || (from['pad-left'] ?? from.characters ?? from.part ?? from.join)) &&
    column.kind !== 'text'
  )
    yield `${at}: transform, pad-left, characters, part and join need a text column, ${from.column} is ${column.kind}`
  if ('transform' in from) yield* otherMistakes(at, kind, from, known)
  if ('empty-as' in from && from['empty-as'] !== undefined) yield* constantMistakes(at, from['empty-as'], kind)
  if ('minus' in from && from.minus !== undefined) {
    const minus = known.get(from.minus)
    if (
      minus === undefined ||
      !fits[minus.kind].includes(kind) ||
      kind === 'text' ||
      kind === 'date' ||
      kind === 'flag'
    )
      yield `${at}: minus needs a number column of the contract, not ${from.minus}`
    if (minus?.sensitivity === 'personal') yield `${at}: ${from.minus} is personal and never projected`
  }
}

/** A number divided by a number. */
function* divisorMistakes(
  at: string,
  kind: ColumnKind,
  { name, kind: divided }: ExtractColumn,
  per: NonNullable<Extract<Projection, { transform: unknown }>['per']>,
  known: ReadonlyMap<string, ExtractColumn>,
): Generator<string> {
  if (!numeric.includes(kind) || (divided !== 'decimal' && divided !== 'integer'))
    yield `${at}: per divides a number, ${name} is ${divided} and a ${kind} is wanted`
  if ('constant' in per) return yield* constantMistakes(at, per.constant, 'price')
  const column = known.get(per.column)
  const wanted = per.codes === undefined ? ['decimal', 'integer'] : ['text']
  if (column === undefined) yield `${at}: ${per.column} is no column of the contract`
  else if (!wanted.includes(column.kind))
    yield `${at}: ${per.column} has to be a ${wanted.join(' or ')} column, it is ${column.kind}`
  else if (column.sensitivity === 'personal') yield `${at}: ${per.column} is personal and never projected`
  for (const value of Object.values(per.codes ?? {})) yield* constantMistakes(at, value, 'price')
}

/** Columns beside the one a canonical column comes from. */
function* otherMistakes(
  at: string,
  kind: ColumnKind,
  {
    join = [],
    transform,
    'sign-from': sign,
    'only-where': where,
    'only-sign': only,
  }: Extract<Projection, { transform: unknown }>,
  known: ReadonlyMap<string, ExtractColumn>,
): Generator<string> {
  for (const name of [...join, ...(sign ? [sign] : []), ...(where ? [where] : [])].map(({ column }) => column)) {
    const column = known.get(name)
    if (column === undefined) yield `${at}: ${name} is no column of the contract`
    else if (column.kind !== 'text') yield `${at}: ${name} has to be a text column, it is ${column.kind}`
    else if (column.sensitivity === 'personal' && transform.at(-1) !== 'keyed-hash')
      yield `${at}: ${name} is personal and never projected but as a keyed hash`
  }
  if (only !== undefined && !numeric.includes(kind)) yield `${at}: only-sign needs a number, not a ${kind}`
  if (sign !== undefined && !numeric.includes(kind)) yield `${at}: sign-from needs a number, not a ${kind}`
}

function* constantMistakes(at: string, value: string, kind: ColumnKind): Generator<string> {
  const amount = parseDecimal(value)
  const good =
    kind === 'text' ||
    (kind === 'flag' && /^(true|false)$/.test(value)) ||
    (kind === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(value)) ||
    (kind === 'integer' && /^-?\d{1,9}$/.test(value)) ||
    (numeric.includes(kind) && amount !== undefined && scaleOf(amount) <= scaleOfKind(kind))
  if (!good) yield `${at}: "${value}" is no ${kind}`
}
