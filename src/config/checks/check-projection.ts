import {
  type ColumnKind,
  extractRelations,
  parseDecimal,
  type RelationColumn,
  relations,
} from '../../canonical/index.js'
import { nearMiss } from '../../errors/index.js'
import type { Problem } from '../problem.js'
import type { Setting } from '../setting.js'

/** Kinds of file columns that become a canonical kind without a table of codes. */
const fits: Readonly<Record<ColumnKind, readonly string[]>> = {
  text: ['text', 'integer'],
  quantity: ['decimal', 'integer'],
  price: ['decimal', 'integer'],
  amount: ['decimal', 'integer'],
  factor: ['decimal', 'integer'],
  hours: ['decimal', 'integer'],
  integer: ['integer'],
  date: ['date'],
  flag: ['flag'],
}

type Columns = ReadonlyMap<string, Setting>

/** A projection against the canonical relation it fills and the columns the file has. */
export function checkProjection(projection: Setting, columns: Columns): Problem[] {
  const relation = extractRelations.find((name) => name === projection.at('relation').text)
  const map = projection.at('map')
  const problems = [
    ...projection.at('relation').refersTo('relation from extracts', extractRelations),
    ...columnOf(projection.at('when')).refersTo('column', [...columns.keys()]),
    ...newestBy(projection.at('newest-by'), columns),
    ...changes(projection, columns),
    ...map.entries().flatMap(([, source]) => checkSource(source, columns)),
  ]
  if (relation === undefined) return problems
  const canonical: Readonly<Record<string, RelationColumn>> = relations[relation]
  const names = Object.keys(canonical)
  const unknown = map.names.filter((name) => !names.includes(name))
  const misspelt = new Set(unknown.map((name) => nearMiss(name, names)))
  const required = names.filter((name) => canonical[name]?.required && !map.has(name) && !misspelt.has(name))
  return [
    ...problems,
    ...map.names.flatMap((name) => map.isNamedLike(name, `column of ${relation}`, names)),
    ...map.entries().flatMap(([name, source]) => checkKind(source, canonical[name], columns)),
    ...(map.value === undefined ? [] : required).map((name) =>
      map.problem(`"${name}" is not mapped`, `every required column of ${relation}`, {
        at: 'key',
        suggestion: nearMiss(
          name,
          map.names.filter((own) => !names.includes(own)),
        ),
      }),
    ),
    ...projection
      .at('key')
      .items()
      .flatMap((key) => keyColumn(key, map, names, relation)),
    ...projection
      .at('merge')
      .at('sum')
      .items()
      .flatMap((column) => summedColumn(column, projection, canonical)),
  ]
}

/** What is summed is a number that the map fills, and no part of the key. */
function summedColumn(
  column: Setting,
  projection: Setting,
  canonical: Readonly<Record<string, RelationColumn>>,
): Problem[] {
  const { text = '' } = column
  const numbers = Object.keys(canonical).filter((name) => summable.has(canonical[name]?.kind ?? 'text'))
  const unknown = column.refersTo('number of the relation', numbers)
  if (unknown.length > 0) return unknown
  if (!projection.at('map').has(text)) return [column.problem(`"${text}" is not mapped`, 'columns of the map')]
  const inKey = projection
    .at('key')
    .items()
    .some((key) => key.text === text)
  return inKey ? [column.problem(`the key column "${text}"`, 'a column beside the key')] : []
}

const summable: ReadonlySet<ColumnKind> = new Set(['quantity', 'amount', 'hours'])

function keyColumn(key: Setting, map: Setting, names: readonly string[], relation: string): Problem[] {
  const unknown = key.refersTo(`column of ${relation}`, names)
  if (unknown.length > 0 || key.text === undefined || map.has(key.text)) return unknown
  return [key.problem(`key column "${key.text}" is not mapped`, 'columns of the map')]
}

/** The column of the file a canonical column comes from: named alone, or with what is done to it. */
const columnOf = (source: Setting): Setting => (source.text === undefined ? source.at('column') : source)

function checkSource(source: Setting, columns: Columns): Problem[] {
  const problems = [
    ...columnOf(source).refersTo('column', [...columns.keys()]),
    ...[source.at('minus'), ...besides(source)].flatMap((name) => name.refersTo('column', [...columns.keys()])),
  ]
  const column = columns.get(columnOf(source).text ?? '')
  const transforms = source.at('transform').items()
  const hashAt = transforms.findIndex(({ text }) => text === 'keyed-hash')
  if (column?.at('sensitivity').text === 'personal' && hashAt < 0) {
    problems.push(
      columnOf(source).problem(
        `the personal column ${columnOf(source).text}`,
        'columns without personal data, or transform: [keyed-hash]',
      ),
    )
  }
  if (hashAt >= 0 && hashAt < transforms.length - 1)
    problems.push(source.at('transform').problem('keyed-hash before other transforms', 'keyed-hash as the last'))
  const kind = column?.at('kind').text
  if (kind === undefined) return problems
  for (const name of ['transform', 'pad-left', 'codes', 'characters', 'part', 'join']) {
    if (source.has(name) && kind !== 'text')
      problems.push(
        source.at(name).problem(`"${name}" of a column of kind ${kind}`, 'a column of kind text', { at: 'key' }),
      )
  }
  for (const other of besides(source)) {
    const { text } = columns.get(other.text ?? '')?.at('kind') ?? {}
    if (text !== undefined && text !== 'text')
      problems.push(other.problem(`${other.text}, which is ${text}`, 'a column of kind text'))
  }
  if (source.has('date-as') && kind !== 'date')
    problems.push(source.at('date-as').problem(`"date-as" of a column of kind ${kind}`, 'a date column', { at: 'key' }))
  problems.push(...divisor(source.at('per'), kind, columns))
  const minus = columns.get(source.at('minus').text ?? '')?.at('kind').text
  if (minus !== undefined && ![kind, minus].every((one) => one === 'decimal' || one === 'integer')) {
    problems.push(source.at('minus').problem(`${minus} subtracted from ${kind}`, 'two decimal columns'))
  }
  return problems
}

/** What a number is divided by is a number too: of a column, or what the codes of a text say. */
function divisor(per: Setting, divided: string, columns: Columns): Problem[] {
  if (per.value === undefined) return []
  if (!['decimal', 'integer'].includes(divided))
    return [per.problem(`"per" of a column of kind ${divided}`, 'a decimal or integer column', { at: 'key' })]
  const column = per.at('column')
  const kind = columns.get(column.text ?? '')?.at('kind').text
  const wanted = per.has('codes') ? ['text'] : ['decimal', 'integer']
  return [
    ...column.refersTo('column', [...columns.keys()]),
    ...(kind === undefined || wanted.includes(kind)
      ? []
      : [column.problem(`${column.text}, which is ${kind}`, `a column of kind ${wanted.join(' or ')}`)]),
  ]
}

/** Columns beside the one it comes from: joined to it, or deciding about it. */
const besides = (source: Setting): Setting[] =>
  [...source.at('join').items(), source.at('sign-from'), source.at('only-where')]
    .map((one) => one.at('column'))
    .filter(({ text }) => text !== undefined)

/** Whether what comes out of the file can be what the canonical column holds. */
function checkKind(source: Setting, canonical: RelationColumn | undefined, columns: Columns): Problem[] {
  if (canonical === undefined) return []
  const { kind: wanted, oneOf, required } = canonical
  const constants = [
    source.at('constant'),
    source.at('empty-as'),
    ...source
      .at('codes')
      .entries()
      .map(([, value]) => value),
  ]
  const wrong = constants.filter(
    ({ text }) => text !== undefined && !(isOfKind(text, wanted) && (oneOf === undefined || oneOf.includes(text))),
  )
  const expected = oneOf?.join(', ') ?? `a ${wanted}`
  const problems = wrong.map((constant) => constant.problem(`"${constant.text}"`, expected))
  for (const only of ['only-where', 'only-sign'])
    if (required && source.has(only) && !source.has('empty-as'))
      problems.push(source.at(only).problem(`"${only}" of what has to be there`, '"empty-as" beside it', { at: 'key' }))
  const kind = columns.get(columnOf(source).text ?? '')?.at('kind').text
  const dateText = source.has('date-as') && wanted === 'text'
  const clock = columns.get(columnOf(source).text ?? '')?.at('hours-and-minutes').value === true
  if (clock && wanted !== 'hours')
    return [
      ...problems,
      columnOf(source).problem(`${columnOf(source).text}, hours and minutes, for a ${wanted}`, 'a field of hours'),
    ]
  if (kind === undefined || source.has('codes') || dateText || fits[wanted].includes(kind)) return problems
  return [
    ...problems,
    columnOf(source).problem(
      `${columnOf(source).text}, which is ${kind}, for a ${wanted}`,
      `a column of kind ${fits[wanted].join(' or ')}`,
    ),
  ]
}

function isOfKind(text: string, kind: ColumnKind): boolean {
  if (kind === 'text') return true
  if (kind === 'flag') return text === 'true' || text === 'false'
  if (kind === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(text)
  if (kind === 'integer') return /^-?\d+$/.test(text)
  return parseDecimal(text) !== undefined
}

/** The last word of each key counts, which several records of one key, or one of another day, are not. */
function changes(projection: Setting, columns: Columns): Problem[] {
  const column = projection.at('changes').at('column')
  const kind = columns.get(column.text ?? '')?.at('kind').text
  const beside = projection.has('changes') ? ['merge', 'newest-by'].filter((name) => projection.has(name)) : []
  return [
    ...column.refersTo('column', [...columns.keys()]),
    ...(kind === undefined || kind === 'text'
      ? []
      : [column.problem(`${column.text}, which is ${kind}`, 'a text column')]),
    ...beside.map((name) => projection.at(name).problem(`"${name}" with "changes"`, 'one of the two', { at: 'key' })),
  ]
}

function newestBy(setting: Setting, columns: Columns): Problem[] {
  const kind = columns.get(setting.text ?? '')?.at('kind').text
  return [
    ...setting.refersTo('column', [...columns.keys()]),
    ...(kind === undefined || kind === 'date'
      ? []
      : [setting.problem(`${setting.text}, which is ${kind}`, 'a date column')]),
  ]
}
