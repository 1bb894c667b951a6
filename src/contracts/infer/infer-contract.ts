import { join } from 'node:path'
import { type RelationName, relations, type SetEngine } from '../../canonical/index.js'
import type { ExtractColumn, ExtractContract } from '../../config/extract-contract.js'
import { MatchbookError } from '../../errors/index.js'
import {
  arrangeRecords,
  dropStage,
  type FileEncoding,
  type RecordTypes,
  recordFields,
  type Staged,
  sniffFile,
  stageDelimited,
  surveyFile,
} from '../../formats/delimited/index.js'
import { EXCEL_SERIAL, typedSql } from '../value-sql.js'
import { type ColumnFacts, columnFacts, pointOf } from './column-facts.js'
import { contractYaml, type DraftContract } from './contract-yaml.js'
import { type DraftProjection, draftColumns, draftProjection } from './draft.js'
import { type Framing, guessFraming } from './guess-framing.js'
import { guessRecordTypes } from './guess-record-types.js'
import {
  guessRelations,
  knownSources,
  type MappedField,
  type NamedColumn,
  type RelationGuess,
  type Wishes,
} from './guess-relation.js'
import { wordsOf } from './name-words.js'
import { sensitivityOf } from './personal-columns.js'
import { hashedFields } from './relation-facts.js'

/** A column as an ERP team's description of the layout names it; `from` and `width` where values stand at fixed places. */
export interface DescribedColumn {
  readonly name: string
  readonly from?: number
  readonly width?: number
}

export interface InferRequest extends Wishes {
  readonly path: string
  /** `path` is a copy of a workbook's sheet. */
  readonly workbook: boolean
  /** `path` is a copy in UTF-8 of a file in this encoding. */
  readonly copiedFrom?: FileEncoding | undefined
  /** `path` is a copy of a file whose records, of so many characters, have no line ends. */
  readonly recordLength?: number | undefined
  readonly tempFolder: string
  /** Of the contract. */
  readonly name: string
  /** As people call the file. */
  readonly fileName: string
  readonly source: string | undefined
  readonly layout: readonly DescribedColumn[] | undefined
  readonly delimiter: string | undefined
  readonly encoding: 'utf-8' | 'windows-1252' | undefined
  readonly known: readonly ExtractContract[]
}

export interface Inferred {
  readonly yaml: string
  readonly records: number
  readonly columns: number
  readonly relation: RelationName | null
  /** How sure: 0 to 1. */
  readonly score: number
  /** Others that come near. */
  readonly others: readonly {
    readonly relation: RelationName
    readonly score: number
    readonly lacking: readonly string[]
  }[]
  readonly mapped: readonly MappedField[]
  /** Required fields that nothing in the file can be. */
  readonly lacking: readonly string[]
  /** Columns that become nothing. */
  readonly unmapped: readonly string[]
  readonly personal: readonly { readonly column: string; readonly why: string }[]
  /** Columns without a value twice. */
  readonly unique: readonly string[]
}

/** Below this no relation is proposed. */
const LEAST_SCORE = 0.4
const NEAR = 0.08
const TABLE = 'inferred'

/** Proposes a contract for an extract that nobody has described, or only the names and places of its columns. */
export async function inferContract(engine: SetEngine, request: InferRequest): Promise<Inferred> {
  const { tempFolder, layout } = request
  const fixed = fixedFraming(request)
  const mixed = fixed === undefined && !request.workbook ? await inOrder(request) : undefined
  const path = mixed?.path ?? request.path
  const framing = fixed ?? mixed ?? (await guessFraming(path, knownOf(request), request.workbook))
  const names = framing.header === undefined ? (layout?.map(({ name }) => name) ?? namesOf(framing)) : namesOf(framing)
  if (names.length !== framing.width)
    throw new MatchbookError(
      'USAGE',
      `the layout describes ${names.length} columns, but records of ${request.fileName} have ${framing.width} values`,
      { hint: 'Compare the description with the first records of the file' },
    )
  const sniffed = await sniffFile(path, framing.dialect)
  const staged = await stageDelimited(engine, {
    ...sniffed,
    dialect: { ...framing.dialect, encoding: sniffed.dialect.encoding },
    path,
    columns: framing.width,
    table: TABLE,
    tempFolder,
    isTrailer: () => framing.trailer !== undefined,
  })
  try {
    const columns: NamedColumn[] = []
    const personal: { column: string; why: string }[] = []
    for (let position = 1; position <= framing.width; position++) {
      const name = names[position - 1] ?? `column_${position}`
      const facts = await columnFacts(engine, staged.source, position)
      const suspected = sensitivityOf(name, facts)
      if (suspected?.sensitivity === 'personal') personal.push({ column: name, why: suspected.why })
      const serial = facts.serialDays && facts.date === undefined && wordsOf(name).includes('date')
      columns.push({
        ...facts,
        ...(serial ? { date: { kind: 'date', formats: [EXCEL_SERIAL] } } : {}),
        name,
        sensitivity: suspected?.sensitivity ?? 'none',
      })
    }
    return await propose(engine, request, framing, staged, oneManner(columns), personal)
  } finally {
    await dropStage(engine, TABLE)
  }
}

async function propose(
  engine: SetEngine,
  request: InferRequest,
  framing: Framing & { readonly mixed?: MixedFile },
  staged: Staged,
  columns: readonly NamedColumn[],
  personal: Inferred['personal'],
): Promise<Inferred> {
  const known = knownSources(request.known)
  const guesses = guessRelations(columns, [request.name, request.fileName], known, request)
  const [best] = guesses
  const guess = best !== undefined && (best.score >= LEAST_SCORE || request.relation !== undefined) ? best : undefined
  const classed = columns.map((column): NamedColumn => {
    const field = guess?.fields.find((mapped) => mapped.column === column.name)?.field
    return field !== undefined && hashedFields.has(field) ? { ...column, sensitivity: 'personal' } : column
  })
  const projection = guess && draftProjection(classed, guess, request.constants, known)
  const keyed = projection && (await withKey(engine, staged, classed, projection))
  const drafted = draftColumns(classed, guess, keyed?.key ?? [])
  const counts = framing.mixed?.counts
  const sums = await trailerOf(engine, framing.trailer, counts, staged, classed)
  const atTop = await trailerOf(engine, framing.opening, counts, staged, classed)
  const others = guesses
    .filter((one) => one !== guess && guess !== undefined && guess.score - one.score < NEAR)
    .slice(0, 3)
  const draft: DraftContract = {
    name: request.name,
    title: sentence(request.name),
    source: request.source,
    about: aboutLines(request, staged, guess, others),
    format: formatOf(request, framing, staged, classed, { sums, atTop }),
    formatRemarks: sums?.remarks ?? [],
    columns: drafted.map((column, n) => ({
      ...column,
      form: withPlace(withType(column.form, framing.mixed?.above[n]), request.layout?.[n], framing),
    })),
    projections: keyed === undefined ? [] : [keyed],
  }
  const used = new Set(guess?.fields.map(({ column }) => column))
  return {
    yaml: contractYaml(draft),
    records: staged.records,
    columns: columns.length,
    relation: guess?.relation ?? null,
    score: guess?.score ?? 0,
    others: others.map(({ relation, score, lacking }) => ({ relation, score, lacking })),
    mapped: guess?.fields ?? [],
    lacking: projection?.lacking ?? [],
    unmapped: columns.map(({ name }) => name).filter((name) => !used.has(name)),
    personal,
    unique: columns.filter((column) => isUnique(column)).map(({ name }) => name),
  }
}

/**
 * What could be read in two ways is read as the columns of the same file that cannot: 1,000 beside 12,50 is one, and 01/02 beside 31/12
 * is a first of February.
 */
function oneManner(columns: readonly NamedColumn[]): NamedColumn[] {
  const sure = columns.flatMap(({ number, numberAlso, decimals }) =>
    number !== undefined && decimals && numberAlso === undefined ? [pointOf(number)] : [],
  )
  const point = sure.length > 0 && sure.every((one) => one === sure[0]) ? sure[0] : undefined
  const orders = columns.flatMap(({ date, dateOrderOpen }) =>
    date !== undefined && dateOrderOpen === undefined ? (/^%-?([md])/.exec(date.formats[0] ?? '')?.[1] ?? []) : [],
  )
  const order = orders.length > 0 && orders.every((one) => one === orders[0]) ? orders[0] : undefined
  return columns.map((column) => {
    const { number, numberAlso, date, dateOrderOpen } = column
    const swapNumber = numberAlso !== undefined && number !== undefined && point === pointOf(numberAlso)
    const swapDate = date !== undefined && dateOrderOpen !== undefined && dateOrderOpen.replace('-', '')[1] === order
    return {
      ...column,
      ...(swapNumber ? { number: numberAlso, numberAlso: number } : {}),
      ...(swapDate ? { date: { ...date, formats: [dateOrderOpen] }, dateOrderOpen: date.formats[0] ?? '' } : {}),
    }
  })
}

const isUnique = ({ filled, distinct, records }: ColumnFacts): boolean =>
  records > 1 && filled === records && distinct === records

function knownOf({ delimiter, encoding }: InferRequest) {
  return { ...(delimiter === undefined ? {} : { delimiter }), ...(encoding === undefined ? {} : { encoding }) }
}

/** Values at fixed places are nothing that can be seen: somebody has to describe them. */
function fixedFraming({ layout, encoding }: InferRequest): Framing | undefined {
  if (layout === undefined || layout.some(({ from, width }) => from === undefined || width === undefined))
    return undefined
  return {
    dialect: {
      delimiter: ',',
      quote: '',
      encoding: encoding ?? 'utf-8',
      header: false,
      fixed: { places: layout.map(({ from = 1, width = 1 }) => ({ start: from - 1, end: from - 1 + width })) },
    },
    width: layout.length,
    header: undefined,
    skip: 0,
    marker: undefined,
    opening: undefined,
    trailer: undefined,
  }
}

/** A file of records of several types whose data records each stand by themselves in `path`. */
interface MixedFile {
  readonly path: string
  readonly types: RecordTypes
  readonly counts: ReadonlyMap<string, number>
  /** Of each of the first columns, the type above the data that it stands in. */
  readonly above: readonly string[]
}

async function inOrder(
  request: InferRequest,
): Promise<(Framing & MixedFile & { readonly mixed: MixedFile }) | undefined> {
  const seen = await guessRecordTypes(request.path, knownOf(request))
  if (seen === undefined) return undefined
  const { types, columns } = seen
  const target = join(request.tempFolder, 'in-order.csv')
  const order = { passOver: [], headerRepeats: false, types, columns, opening: undefined, trailer: undefined }
  const { dialect, counts } = await arrangeRecords(request.path, target, seen.dialect, order)
  const { lastRecord = '' } = await surveyFile(target, dialect)
  const above = types.above.flatMap(({ type, columns }) => Array.from({ length: columns }, () => type))
  const [data = ''] = types.data
  const names = Array.from({ length: columns }, (_, n) => {
    const type = above[n] ?? data
    const first = above[n] === undefined ? above.length : above.indexOf(type)
    return `${type}_${n - first + 1}`
  })
  const mixed = { path: target, types, counts, above }
  return {
    ...mixed,
    mixed,
    dialect,
    width: columns,
    header: undefined,
    names,
    skip: 0,
    marker: undefined,
    opening: undefined,
    trailer: seen.trailer === undefined ? undefined : recordFields(lastRecord, dialect),
  }
}

const withType = <Form extends object>(form: Form, type: string | undefined): Form =>
  type === undefined ? form : { ...form, of: type }

const namesOf = ({ header, width, names }: Framing): string[] =>
  Array.from({ length: width }, (_, n) => names?.[n] ?? (header?.[n] || `column_${n + 1}`))

function withPlace<Form extends object>(
  form: Form,
  described: DescribedColumn | undefined,
  { dialect }: Framing,
): Form {
  if (dialect.fixed === undefined || described === undefined) return form
  return { ...form, from: described.from, width: described.width }
}

function formatOf(
  { workbook, copiedFrom, recordLength }: InferRequest,
  { dialect, skip, marker, mixed }: Framing & { readonly mixed?: MixedFile },
  staged: Staged,
  columns: readonly ColumnFacts[],
  { sums, atTop }: { readonly sums: TrailerDraft | undefined; readonly atTop: TrailerDraft | undefined },
): Record<string, unknown> {
  const emptyWords = [...new Set(columns.flatMap((column) => column.emptyWords))].sort()
  const written =
    dialect.fixed !== undefined
      ? { kind: 'fixed', ...(recordLength === undefined ? {} : { 'record-length': recordLength, 'line-ends': false }) }
      : { kind: 'delimited', delimiter: dialect.delimiter, quote: dialect.quote, header: dialect.header }
  const encoding = copiedFrom ?? (staged.survey.undecodableAt === undefined ? dialect.encoding : 'windows-1252')
  return {
    ...(workbook ? { kind: 'xlsx' } : { ...written, encoding }),
    ...(skip > 0 ? { 'skip-records': skip } : {}),
    ...(marker === undefined ? {} : { 'header-marker': marker }),
    ...(mixed === undefined ? {} : { 'record-types': typeSettings(mixed.types) }),
    ...(atTop === undefined || Object.keys(atTop.settings).length === 0 ? {} : { 'header-totals': atTop.settings }),
    ...(sums === undefined ? {} : { trailer: { marker: sums.marker, ...sums.settings } }),
    ...(emptyWords.length > 0 ? { 'null-values': emptyWords } : {}),
  }
}

function typeSettings({ data, above, passedOver }: RecordTypes) {
  return {
    data,
    above: above.map(({ type }) => type),
    ...(passedOver.length > 0 ? { 'passed-over': passedOver } : {}),
  }
}

interface TrailerDraft {
  readonly marker: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly remarks: readonly string[]
}

/** What a control record counts and sums, found out by counting and summing. */
async function trailerOf(
  engine: SetEngine,
  trailer: readonly string[] | undefined,
  counts: ReadonlyMap<string, number> | undefined,
  { records: ofData, source }: Staged,
  columns: readonly NamedColumn[],
): Promise<TrailerDraft | undefined> {
  if (trailer === undefined) return undefined
  const numbers = trailer.map((value, n) => ({ position: n + 1, value: value.trim() })).slice(1)
  const all = [...(counts?.values() ?? [])].reduce((sum, n) => sum + n, 0)
  // Where a file has several types of records it counts all of them rather than the data alone.
  const whole = counts !== undefined && numbers.some(({ value }) => /^\d{1,15}$/.test(value) && Number(value) === all)
  const records = whole ? all : ofData
  const counting = numbers.find(({ value }) => /^\d{1,15}$/.test(value) && [0, 1, 2].includes(Number(value) - records))
  const sums: { position: number; column: string }[] = []
  const numeric = columns.filter(({ number }) => number !== undefined)
  for (const { position, value } of numbers) {
    if (position === counting?.position || !/\d/.test(value)) continue
    for (const { name, position: at, number } of numeric) {
      const column = number as ExtractColumn
      const [row] = await engine.rows<{ same: boolean | null }>(
        `SELECT sum(${typedSql('t', column, 'DECIMAL(38,6)')}) = (SELECT ${typedSql('v', column, 'DECIMAL(38,6)')} FROM (SELECT '${value.replaceAll("'", "''")}' AS v)) AS same
         FROM (SELECT trim(c${at}) AS t FROM ${source})`,
      )
      if (row?.same !== true) continue
      sums.push({ position, column: name })
      break
    }
  }
  const counted = counting === undefined ? undefined : Number(counting.value) - records
  const unknown = numbers.filter(
    ({ position, value }) =>
      value !== '' && position !== counting?.position && !sums.some((sum) => sum.position === position),
  )
  return {
    marker: trailer[0]?.trim() ?? '',
    settings: {
      ...(counting === undefined ? {} : { count: counting.position }),
      ...(counting !== undefined && whole ? { counts: [...counts.keys()] } : {}),
      ...(counted ? { 'count-includes': counted } : {}),
      ...(sums.length > 0 ? { sums } : {}),
    },
    remarks:
      unknown.length === 0
        ? []
        : [`decide: what ${unknown.map(({ position }) => `value ${position}`).join(', ')} of the trailer say`],
  }
}

/** The key, with what else is needed where several records have one: the latest day of each, or shares that are summed. */
async function withKey(
  engine: SetEngine,
  staged: Staged,
  columns: readonly NamedColumn[],
  projection: DraftProjection,
): Promise<DraftProjection> {
  const { relation, key, fields, settings, remarks } = projection
  const position = (field: string): number | undefined => {
    const from = fields.find((one) => one.field === field)?.source
    const name = typeof from === 'string' ? from : from?.column
    return columns.find((column) => column.name === name)?.position
  }
  const different = async (positions: readonly (number | undefined)[]): Promise<number> => {
    const texts = positions.flatMap((at) => (at === undefined ? [] : [`c${at}`]))
    const [row] = await engine.rows<{ n: number }>(
      `SELECT count(DISTINCT row(${texts.join(', ')})) AS n FROM ${staged.source}`,
    )
    return row?.n ?? 0
  }
  const natural = key.map(position)
  const keys = natural.every((at) => at === undefined) ? staged.records : await different(natural)
  const most = Math.floor(staged.records / 50)
  if (staged.records - keys <= most) return projection
  const day = columns.find(({ name, date }) => date !== undefined && wordsOf(name).includes('effective'))
  const isField = fields.some(({ source }) => source === day?.name) || 'effective_from' in relations[relation]
  if (day !== undefined && !isField && staged.records - (await different([...natural, day.position])) <= most)
    return {
      ...projection,
      settings: { ...settings, 'newest-by': day.name },
      remarks: [
        ...remarks,
        `check: several records of one key, each from its ${day.name} on; the latest that the day has reached counts`,
      ],
    }
  const shared = fields.filter(({ field }) => ['quantity', 'amount'].includes(field) && position(field) !== undefined)
  const dropped = fields.filter(({ field }) => field === 'cost_center')
  const same = fields
    .filter((one) => !shared.includes(one) && !dropped.includes(one))
    .map(({ field }) => position(field))
  const alike = keys > 1 && shared.length > 0 && (await different([...natural, ...same])) === keys
  if (alike) {
    const whole = (await different([...natural, ...shared.map(({ field }) => position(field))])) === keys
    const names = shared.map(({ field }) => field)
    return {
      ...projection,
      fields: fields.filter((one) => !dropped.includes(one)),
      settings: { ...settings, merge: whole ? {} : { sum: names } },
      remarks: [
        ...remarks,
        whole
          ? `decide: several records of one key, alike in ${names.join(' and ')} too: taken as one. Are they shares, merge: { sum: [${names.join(', ')}] }`
          : `check: several records of one key, alike but for ${names.join(' and ')}: shares of one line, summed`,
      ],
    }
  }
  const found = await uniqueKey(engine, staged, columns, projection)
  return { ...projection, key: found.length > 0 ? found : key }
}

/** The natural key where it tells all records apart, with what else is needed for that; otherwise the natural key, to be looked at. */
async function uniqueKey(
  engine: SetEngine,
  { source, records }: Staged,
  columns: readonly NamedColumn[],
  { key, fields }: DraftProjection,
): Promise<readonly string[]> {
  const positions = (names: readonly string[]): number[] =>
    names.flatMap((field) => {
      const from = fields.find((one) => one.field === field)?.source
      const name = typeof from === 'string' ? from : from?.column
      return columns.find((column) => column.name === name)?.position ?? []
    })
  const repeats = async (names: readonly string[]): Promise<number> => {
    const at = positions(names)
    if (at.length === 0) return records
    const [row] = await engine.rows<{ n: number }>(
      `SELECT count(DISTINCT row(${at.map((position) => `c${position}`).join(', ')})) AS n FROM ${source}`,
    )
    return records - (row?.n ?? 0)
  }
  // A few records sent twice are a fault of the file, not of the key.
  const most = Math.floor(records / 50)
  if (records === 0 || (await repeats(key)) <= most) return key
  for (const { field, source: from } of fields) {
    if (key.includes(field) || (typeof from === 'object' && 'constant' in from)) continue
    if ((await repeats([...key, field])) <= most) return [...key, field]
  }
  return key
}

function aboutLines(
  { fileName }: InferRequest,
  { records, rejected }: Staged,
  guess: RelationGuess | undefined,
  others: readonly RelationGuess[],
): string[] {
  return [
    `Proposed by matchbook contracts infer from ${fileName}: ${records} records${rejected > 0 ? `, ${rejected} of them with another number of values` : ''}.`,
    'Lines with "decide" want an answer, lines with "check" a look; then try it: matchbook contracts check FILE --contract THIS.yaml',
    ...(guess === undefined ? ['Its names say nothing of the relation it fills: say which, with --relation.'] : []),
    ...(others.length > 0
      ? [`Might also be ${others.map(({ relation }) => relation).join(' or ')}: see --relation.`]
      : []),
  ]
}

const sentence = (name: string): string => {
  const words = name.replaceAll('-', ' ')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}
