import { IANAZone } from 'luxon'
import type { Problem } from '../problem.js'
import type { Setting } from '../setting.js'
import { checkLookUps, isLookedUp } from './check-look-ups.js'
import { checkProjection } from './check-projection.js'
import { namedAsFile } from './named-as-file.js'

/** Settings of a column that only columns of some kinds can have. */
const onlyFor: Readonly<Record<string, readonly string[]>> = {
  scale: ['decimal'],
  'implied-decimals': ['decimal', 'integer'],
  'trailing-minus': ['decimal', 'integer'],
  'thousands-separator': ['decimal', 'integer'],
  'decimal-separator': ['decimal'],
  'sign-words': ['decimal', 'integer'],
  parentheses: ['decimal', 'integer'],
  overpunch: ['decimal', 'integer'],
  'hours-and-minutes': ['decimal'],
  'number-signs': ['decimal', 'integer'],
  formats: ['date'],
  'day-in': ['date'],
  'written-in': ['date'],
  'true-values': ['flag'],
  'false-values': ['flag'],
}

/** What a schema cannot see in an extract's contract. */
export function checkContract(
  contract: Setting,
  file: string,
  named: (name: string) => Setting | undefined = () => undefined,
): Problem[] {
  const columns = contract.at('columns').items()
  const own = columns.filter((column) => !isLookedUp(contract, column))
  const byName = new Map(
    columns.flatMap((column) =>
      column.at('name').text === undefined ? [] : [[column.at('name').text ?? '', column] as const],
    ),
  )
  const ofFile = new Map([...byName].filter(([, column]) => own.includes(column)))
  const format = contract.at('format')
  const { text: delimiter } = format.at('delimiter')
  const quote = format.at('quote')
  return [
    ...namedAsFile(contract.at('contract'), file),
    ...(delimiter !== undefined && quote.text === delimiter
      ? [quote.problem(`"${delimiter}" as quote and as delimiter`, 'two different characters')]
      : []),
    ...columnNames(columns),
    ...columns.flatMap(kindOfColumn),
    ...columns.flatMap(datePatterns),
    ...columns.flatMap(dayOfMoment),
    ...columns.flatMap(wanting),
    ...places(format.at('kind').text, own),
    ...beyondRecord(format.at('record-length').number, own),
    ...withoutLineEnds(format),
    ...withDescriptors(format),
    ...own.flatMap((column) => storedNumber(column, format)),
    ...columnsOfObjects(format, own),
    ...totals(format, 'trailer', ofFile),
    ...totals(format, 'header-totals', ofFile),
    ...totals(format, 'totals', ofFile),
    ...recordTypes(format, columns),
    ...repeatedHeader(format),
    ...checkLookUps(contract, named),
    ...markedHeader(format),
    ...contract
      .at('projections')
      .items()
      .flatMap((projection) => checkProjection(projection, byName)),
  ]
}

function columnNames(columns: readonly Setting[]): Problem[] {
  const seen = new Set<string>()
  return columns
    .map((column) => column.at('name'))
    .flatMap((name) => {
      if (name.text === undefined) return []
      if (seen.has(name.text)) return [name.problem(`column "${name.text}" a second time`, 'each column once')]
      seen.add(name.text)
      return []
    })
}

/** Places belong to fixed files, and there every column has one. */
const places = (kind: string | undefined, columns: readonly Setting[]): Problem[] =>
  columns.flatMap((column) =>
    (['from', 'width'] as const).flatMap((name) => {
      if (kind === 'fixed' && !column.has(name))
        return [column.at('name').problem(`no "${name}"`, 'from and width of every column at fixed places')]
      if (kind !== undefined && kind !== 'fixed' && column.has(name))
        return [column.at(name).problem(`"${name}" in kind: ${kind}`, 'kind: fixed', { at: 'key' })]
      return []
    }),
  )

const beyondRecord = (length: number | undefined, columns: readonly Setting[]): Problem[] =>
  columns.flatMap((column) => {
    const { number: from = 1 } = column.at('from')
    const last = from + (column.at('width').number ?? 0) - 1
    if (length === undefined || last <= length) return []
    return [column.at('width').problem(`a column up to character ${last}`, `the ${length} characters of a record`)]
  })

const withoutLineEnds = (format: Setting): Problem[] =>
  format.at('line-ends').value === false && !format.has('record-length')
    ? [
        format.problem('"line-ends: false" without "record-length"', 'how many characters each record has', {
          at: 'key',
        }),
      ]
    : []

/** Four bytes of a number stand between the records. */
function withDescriptors(format: Setting): Problem[] {
  const descriptors = format.at('record-descriptors')
  if (descriptors.value !== true) return []
  const beside = ['record-length', 'line-ends'].filter((name) => format.has(name))
  const { text: encoding = 'utf-8' } = format.at('encoding')
  return [
    ...beside.map((name) =>
      format.at(name).problem(`"${name}" with "record-descriptors"`, 'one of them: each record says its own length', {
        at: 'key',
      }),
    ),
    ...(encoding.startsWith('utf')
      ? [
          descriptors.problem(
            `"record-descriptors" in ${encoding}`,
            'an encoding of one byte a character, for example cp037',
            { at: 'key' },
          ),
        ]
      : []),
  ]
}

/** Bytes a number may have: as a packed one 31 digits, as a binary one 19. */
const mostBytes: Readonly<Record<string, number>> = { packed: 16, binary: 8, 'binary-unsigned': 8 }

/** Bytes that are no text stand where each character is a byte and no line end is looked for. */
function storedNumber(column: Setting, format: Setting): Problem[] {
  const stored = column.at('stored-as')
  const most = mostBytes[stored.text ?? '']
  if (most === undefined) return []
  const { text: encoding = 'utf-8' } = format.at('encoding')
  const isByLength = format.at('line-ends').value === false || format.at('record-descriptors').value === true
  if (!isByLength || encoding.startsWith('utf'))
    return [
      stored.problem(
        `"stored-as" ${isByLength ? `in ${encoding}` : 'with line ends'}`,
        'kind: fixed, line-ends: false or record-descriptors: true, and an encoding of one byte a character, for example cp037',
        { at: 'key' },
      ),
    ]
  const { number: width = 1 } = column.at('width')
  const overpunch = column.at('overpunch')
  return [
    ...(width > most ? [column.at('width').problem(`${width} bytes`, `at most ${most} of ${stored.text}`)] : []),
    ...(overpunch.value === true
      ? [overpunch.problem('"overpunch" with "stored-as"', 'one of the two', { at: 'key' })]
      : []),
  ]
}

const nested = ['json', 'ndjson', 'xml']

/** Keys that lead to a value, and no further up than the file goes. */
function columnsOfObjects(format: Setting, columns: readonly Setting[]): Problem[] {
  if (!nested.includes(format.at('kind').text ?? '')) return []
  // Around the root of XML is nothing.
  const steps = format.at('records').text?.split('/').length ?? 0
  const depth = Math.max(0, format.at('kind').text === 'xml' ? steps - 1 : steps)
  return columns
    .map((column) => column.at('name'))
    .flatMap((name) => {
      const keys = name.text?.split('/') ?? []
      const ups = keys.findIndex((key) => key !== '..')
      if (name.text === undefined || (ups >= 0 && ups <= depth && !keys.slice(ups).some(isNoKey))) return []
      return [
        name.problem(
          `"${name.text}"`,
          `keys with / between them, and ../ before for each object around the record: ${depth === 0 ? 'there is none' : `at most ${depth}`}`,
        ),
      ]
    })
}

const isNoKey = (key: string): boolean => key === '' || key === '..'

const kindOfColumn = (column: Setting): Problem[] =>
  Object.entries(onlyFor).flatMap(([name, kinds]) => {
    const kind = column.at('kind').text
    if (!column.has(name) || column.at(name).value === false || kind === undefined || kinds.includes(kind)) return []
    return [
      column
        .at(name)
        .problem(`"${name}" for a column of kind ${kind}`, `a column of kind ${kinds.join(' or ')}`, { at: 'key' }),
    ]
  })

/** A time of day with a zone is a day only when it is said where. */
function dayOfMoment(column: Setting): Problem[] {
  const day = column.at('day-in')
  const formats = column.at('formats').items()
  const zones = [day, column.at('written-in')].flatMap((zone) =>
    zone.text === undefined || IANAZone.isValidZone(zone.text)
      ? []
      : [zone.problem(`no time zone "${zone.text}"`, 'an IANA zone, for example America/Chicago')],
  )
  const alone =
    column.has('written-in') && !column.has('day-in')
      ? [column.at('written-in').problem('"written-in" without "day-in"', 'the zone of the day too', { at: 'key' })]
      : []
  const patterns = formats.flatMap((format) => {
    if (/%Z|%z./.test(format.text ?? ''))
      return [format.problem(`the pattern "${format.text}"`, 'a zone at the end, as %z')]
    if (/%-?[HI].*%z$/.test(format.text ?? '') && !column.has('day-in'))
      return [format.problem(`the pattern "${format.text}" without "day-in"`, 'the zone whose day it is')]
    return []
  })
  return [...zones, ...alone, ...patterns]
}

/** All that DuckDB's strptime knows; anything else in a pattern would end the night. */
const STRPTIME = /%(?:-?[dHIjmMSy]|[aAbBcfgGhnpuUVwWxXYzZ%])/g

/** yyyy-MM-dd would be read as letters, and no day would ever fit it. */
const datePatterns = (column: Setting): Problem[] =>
  column
    .at('formats')
    .items()
    .flatMap((format) => {
      const pattern = format.text ?? 'excel-serial'
      const rest = pattern.replaceAll(STRPTIME, '')
      return pattern === 'excel-serial' || (rest !== pattern && !rest.includes('%'))
        ? []
        : [format.problem(`the pattern "${pattern}"`, 'a pattern as strptime has them, for example "%Y-%m-%d"')]
    })

/** What the reader of the file cannot do without. */
function wanting(column: Setting): Problem[] {
  const { text: kind } = column.at('kind')
  const lacks = (name: string): boolean => column.at(name).items().length === 0
  if (kind === 'date' && lacks('formats'))
    return [column.at('name').problem('a date without "formats"', 'patterns, for example "%Y-%m-%d"')]
  if (kind === 'flag' && (lacks('true-values') || lacks('false-values')))
    return [column.at('name').problem('a flag without "true-values" and "false-values"', 'both')]
  const { text: point } = column.at('decimal-separator')
  if (point !== undefined && point === column.at('thousands-separator').text)
    return [column.at('decimal-separator').problem(`"${point}" between thousands too`, 'two different characters')]
  return []
}

function totals(
  format: Setting,
  key: 'trailer' | 'header-totals' | 'totals',
  columns: ReadonlyMap<string, Setting>,
): Problem[] {
  const setting = format.at(key)
  const types = format.has('record-types') ? typesOf(format.at('record-types')).map(({ text }) => text ?? '') : []
  const counted = setting
    .at('counts')
    .items()
    .flatMap((type) => type.refersTo('type of records', types))
  const count = setting.at('count').number ?? setting.at('count').text
  const sums = setting.at('sums').items()
  const positions = new Set([count])
  const ofSums = sums.flatMap((sum) => {
    const [position, column] = [sum.at(key === 'totals' ? 'at' : 'position'), sum.at('column')]
    const place = position.number ?? position.text
    const problems = column.refersTo('column', [...columns.keys()])
    const kind = columns.get(column.text ?? '')?.at('kind').text
    if (kind !== undefined && kind !== 'decimal' && kind !== 'integer')
      problems.push(column.problem(`the sum of ${column.text}, which is ${kind}`, 'a decimal or integer column'))
    const { text: above } = columns.get(column.text ?? '')?.at('of') ?? {}
    if (above !== undefined)
      problems.push(
        column.problem(`the sum of ${column.text}, which stands in ${above} records`, 'a column of the data records'),
      )
    if (place !== undefined && positions.has(place))
      problems.push(
        key === 'totals'
          ? position.problem(`${place} a second time`, 'each place of the file once')
          : position.problem(`position ${place} a second time`, 'each position of the record once'),
      )
    positions.add(place)
    return problems
  })
  return [...counted, ...ofSums]
}

const typesOf = (types: Setting): Setting[] =>
  ['data', 'above', 'passed-over'].flatMap((name) => types.at(name).items())

/** Each type once, and columns for each whose values are read. */
function recordTypes(format: Setting, columns: readonly Setting[]): Problem[] {
  const types = format.at('record-types')
  const above = types.at('above').items()
  const names = above.map(({ text }) => text ?? '')
  const unknown = columns.flatMap((column) => column.at('of').refersTo('type above the data', names))
  if (!format.has('record-types')) return unknown
  const seen = new Set<string>()
  const twice = typesOf(types).flatMap((type) => {
    if (type.text === undefined) return []
    const known = seen.has(type.text)
    seen.add(type.text)
    return known ? [type.problem(`type "${type.text}" a second time`, 'each type once')] : []
  })
  const bare = above.flatMap((type) =>
    columns.some((column) => column.at('of').text === type.text)
      ? []
      : [type.problem(`no column of type "${type.text}"`, `columns with "of: ${type.text}", each in its order`)],
  )
  const named =
    format.at('header').value === true
      ? [format.at('header').problem('"header: true" with "record-types"', 'header: false; skip-records for names')]
      : []
  return [...unknown, ...twice, ...bare, ...named]
}

const repeatedHeader = (format: Setting): Problem[] =>
  format.at('header-repeats').value === true && format.at('header').value === false
    ? [format.problem('"header-repeats" without a header', 'header: true', { at: 'key' })]
    : []

const markedHeader = (format: Setting): Problem[] =>
  format.has('header-totals') && !format.has('header-marker')
    ? [
        format.problem('"header-totals" without "header-marker"', 'what the record with the totals begins with', {
          at: 'key',
        }),
      ]
    : []
