import { type RelationColumn, type RelationName, relations, type SetEngine } from '../../canonical/index.js'
import type { ExtractContract } from '../../config/extract-contract.js'
import { MatchbookError } from '../../errors/index.js'
import {
  dropStage,
  type FileEncoding,
  plainDialect,
  type Staged,
  sniffFile,
  stageDelimited,
} from '../../formats/delimited/index.js'
import { EXCEL_SERIAL } from '../value-sql.js'
import { type ColumnFacts, columnFacts, pointOf } from './column-facts.js'
import { contractYaml, type DraftContract } from './contract-yaml.js'
import type { NestedFile } from './describe-nested.js'
import { type DraftColumn, draftColumns, draftProjection, IMPLIED_DECIMALS } from './draft.js'
import { fixedFraming, type Place } from './fixed-framing.js'
import { type Framing, guessFraming } from './guess-framing.js'
import { withKey } from './guess-key.js'
import {
  guessRelations,
  knownSources,
  type MappedField,
  type NamedColumn,
  type RelationGuess,
  type Wishes,
} from './guess-relation.js'
import { type TrailerDraft, trailerOf } from './guess-trailer.js'
import { inOrder, type MixedFile, typeSettings } from './mixed-file.js'
import { wordsOf } from './name-words.js'
import { sensitivityOf } from './personal-columns.js'
import { hashedFields } from './relation-facts.js'
import { withoutSpreadsheetTexts } from './spreadsheet-texts.js'
import type { StoredFile } from './stored-file.js'

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
  /** `path` is a copy of the records of nested objects. */
  readonly nested?: NestedFile | undefined
  /** `path` is a copy in UTF-8 of a file in this encoding. */
  readonly copiedFrom?: FileEncoding | undefined
  /** `path` is a copy of a file whose records, of so many characters, have no line ends. */
  readonly recordLength?: number | undefined
  /** `path` is a copy, as lines, of a file that has bytes which are no text. Where a column stands in the copy. */
  readonly stored?: { readonly file: StoredFile; readonly places: readonly Place[] } | undefined
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

type AnyFraming = Framing & {
  readonly mixed?: MixedFile
  readonly trailerPlaces?: readonly Place[] | undefined
  /** Texts are written as for a spreadsheet. */
  readonly spreadsheetTexts?: boolean
}

/** Below this no relation is proposed. */
const LEAST_SCORE = 0.4
const NEAR = 0.08
const TABLE = 'inferred'

/** Proposes a contract for an extract that nobody has described, or only the names and places of its columns. */
export async function inferContract(engine: SetEngine, request: InferRequest): Promise<Inferred> {
  const { tempFolder, layout } = request
  const fixed =
    request.nested === undefined
      ? await fixedFraming(request.path, request.stored?.places ?? layout, request.encoding ?? 'utf-8')
      : namedFraming(request.nested.names)
  const mixed =
    fixed === undefined && !request.workbook ? await inOrder(request.path, tempFolder, knownOf(request)) : undefined
  const guessed = fixed ?? mixed ?? (await guessFraming(request.path, knownOf(request), request.workbook))
  const plain =
    fixed === undefined && mixed === undefined && !request.workbook
      ? await withoutSpreadsheetTexts(request.path, tempFolder, guessed)
      : undefined
  const path = plain?.path ?? mixed?.path ?? request.path
  const framing: AnyFraming =
    plain === undefined ? guessed : { ...guessed, dialect: plain.dialect, spreadsheetTexts: true }
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
    const unnamed = behindTheLast(framing.header)
    const personal: { column: string; why: string }[] = []
    for (let position = 1; position <= framing.width; position++) {
      const name = names[position - 1] ?? `column_${position}`
      const facts = await columnFacts(engine, staged.source, position)
      if (unnamed.has(position) && facts.filled === 0) continue
      const suspected = sensitivityOf(name, facts)
      if (suspected?.sensitivity === 'personal') personal.push({ column: name, why: suspected.why })
      const serial = facts.serialDays && facts.date === undefined && wordsOf(name).includes('date')
      columns.push({
        ...facts,
        ...(serial ? { date: { kind: 'date', formats: [EXCEL_SERIAL] } } : {}),
        name,
        said: saidOf(name, request.nested?.format.records),
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
  framing: AnyFraming,
  staged: Staged,
  columns: readonly NamedColumn[],
  personal: { column: string; why: string }[],
): Promise<Inferred> {
  const known = knownSources(request.known)
  const steps = request.nested?.format.records?.split('/') ?? []
  const guesses = guessRelations(columns, [request.name, request.fileName, ...steps], known, request)
  const [best] = guesses
  const guess = best !== undefined && (best.score >= LEAST_SCORE || request.relation !== undefined) ? best : undefined
  const classed = columns.map((column): NamedColumn => {
    const field = guess?.fields.find((mapped) => mapped.column === column.name)?.field
    if (field === undefined && guess !== undefined && ofStaff.has(guess.relation) && isName(column.name)) {
      personal.push({ column: column.name, why: 'a name in a file of people' })
      return { ...column, sensitivity: 'personal' }
    }
    return field !== undefined && hashedFields.has(field) ? { ...column, sensitivity: 'personal' } : column
  })
  const projection = guess && draftProjection(classed, guess, request.constants, known)
  const keyed = projection && (await withKey(engine, staged, classed, projection))
  const drafted = draftColumns(classed, guess, keyed?.key ?? [])
  const counts = framing.mixed?.counts
  // A number that becomes a text, such as that of a voucher, has to stay one.
  const numbers = classed.filter(({ name }) => !becomesText(name, guess))
  const sums = await trailerOf(engine, framing.trailer, counts, staged, numbers)
  const atTop = await trailerOf(engine, framing.opening, counts, staged, numbers)
  const summed = new Set([...(sums?.summed ?? []), ...(atTop?.summed ?? [])])
  const others = guesses
    .filter((one) => one !== guess && guess !== undefined && guess.score - one.score < NEAR)
    .slice(0, 3)
  const draft: DraftContract = {
    name: request.name,
    title: sentence(request.name),
    source: request.source,
    about: aboutLines(request, staged, guess, others),
    format: formatOf(request, framing, staged, classed, { sums, atTop }),
    formatRemarks: [...(sums?.remarks ?? []), ...severalRemark(request.nested)],
    columns: drafted
      .map((column, n) => (request.stored?.file.packed[n] ? withStorage(column) : column))
      .map((column, n) => ({
        ...column,
        form: withPlace(
          withType(
            summed.has(column.name) ? (classed[n]?.number ?? column.form) : column.form,
            framing.mixed?.above[n],
          ),
          request.layout?.[n],
          framing,
        ),
      }))
      .filter(({ name }) => guess === undefined || isUsed(name, guess) || !name.startsWith('../')),
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

function becomesText(name: string, guess: RelationGuess | undefined): boolean {
  const field = guess?.fields.find(({ column }) => column === name)?.field
  const described: Readonly<Record<string, RelationColumn>> = guess === undefined ? {} : relations[guess.relation]
  return field !== undefined && described[field]?.kind === 'text'
}

/** What stands above the records need not be named where nothing becomes of it. */
const isUsed = (name: string, { fields }: RelationGuess): boolean => fields.some(({ column }) => column === name)

function severalRemark(nested: NestedFile | undefined): string[] {
  if (nested === undefined) return []
  const { several, choices, format } = nested
  return [
    ...(format.records === undefined ? [] : ['check: records, what one of them is']),
    ...choices.map(
      ({ key, child, values }) => `check: a record has several ${key}, told apart by ${child}: ${values.join(', ')}`,
    ),
    ...(several.length === 0
      ? []
      : [
          `check: of ${several.join(', ')} a record has several; they are not read. One that a value of its own tells apart: NAME[TYPE=LF]/VALUE`,
        ]),
  ]
}

/** The first record of a copy names its columns. */
const namedFraming = (names: readonly string[]): Framing => ({
  dialect: { ...plainDialect, header: true },
  width: names.length,
  header: names,
  skip: 0,
  marker: undefined,
  opening: undefined,
  trailer: undefined,
})

/** Packed digits never have a point of their own. */
const withStorage = (column: DraftColumn): DraftColumn => ({
  ...column,
  form: { ...column.form, 'stored-as': 'packed' },
  remarks: [
    'check: its bytes are digits two by two and a sign (COMP-3)',
    ...(column.form.kind === 'decimal' && !column.remarks.includes(IMPLIED_DECIMALS) ? [IMPLIED_DECIMALS] : []),
    ...column.remarks,
  ],
})

const withType = <Form extends object>(form: Form, type: string | undefined): Form =>
  type === undefined ? form : { ...form, of: type }

/** Relations whose records are about one person each. */
const ofStaff: ReadonlySet<string> = new Set(['worked_time', 'payroll_line'])
const isName = (name: string): boolean => wordsOf(name).join(' ') === 'name'

/** A name that names no thing by itself is that of the element it stands in: "no" in orders/lines is the line's number. */
function saidOf(name: string, records: string | undefined): string {
  const above = name.split('../').length - 1
  const own = name.replaceAll('../', '')
  const [, type, chosen] = /\[[^@=][^=]*=([^\]]+)\]\/([^/]+)$/.exec(own) ?? []
  if (type !== undefined) return `${type} ${chosen}`
  const element = records?.split('/').at(-1 - above)
  const alone = wordsOf(own).every((word) => word === 'number' || word === 'code' || word === 'name')
  return element === undefined || own.includes('/') || !alone ? name : `${element.replace(/s$/i, '')} ${own}`
}

/** Places of names that are empty because a delimiter stands behind the last, too. */
function behindTheLast(header: readonly string[] | undefined = []): ReadonlySet<number> {
  const named = header.findLastIndex((name) => name !== '') + 1
  return new Set(header.flatMap((_, n) => (n >= named ? [n + 1] : [])))
}

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
  { workbook, nested, copiedFrom, recordLength, stored }: InferRequest,
  { dialect, skip, marker, mixed, trailerPlaces, spreadsheetTexts }: AnyFraming,
  staged: Staged,
  columns: readonly ColumnFacts[],
  { sums, atTop }: { readonly sums: TrailerDraft | undefined; readonly atTop: TrailerDraft | undefined },
): Record<string, unknown> {
  const emptyWords = [...new Set(columns.flatMap((column) => column.emptyWords))].sort()
  const written =
    dialect.fixed !== undefined
      ? {
          kind: 'fixed',
          ...(recordLength === undefined ? {} : { 'record-length': recordLength, 'line-ends': false }),
          ...(stored?.file.described ? { 'record-descriptors': true } : {}),
        }
      : { kind: 'delimited', delimiter: dialect.delimiter, quote: dialect.quote, header: dialect.header }
  const encoding = copiedFrom ?? (staged.survey.undecodableAt === undefined ? dialect.encoding : 'windows-1252')
  return {
    ...(workbook ? { kind: 'xlsx' } : (nestedFormat(nested) ?? { ...written, encoding })),
    ...(spreadsheetTexts === true ? { 'spreadsheet-texts': true } : {}),
    ...(skip > 0 ? { 'skip-records': skip } : {}),
    ...(marker === undefined ? {} : { 'header-marker': marker }),
    ...(mixed === undefined ? {} : { 'record-types': typeSettings(mixed.types) }),
    ...(atTop === undefined || Object.keys(atTop.settings).length === 0 ? {} : { 'header-totals': atTop.settings }),
    ...(sums === undefined
      ? {}
      : {
          trailer: {
            marker: sums.marker,
            ...(trailerPlaces === undefined ? {} : { fields: trailerPlaces }),
            ...sums.settings,
          },
        }),
    ...(emptyWords.length > 0 ? { 'null-values': emptyWords } : {}),
  }
}

function nestedFormat(nested: NestedFile | undefined): Record<string, unknown> | undefined {
  if (nested === undefined) return undefined
  const { kind, records, ...written } = nested.format
  return {
    kind,
    ...(records === undefined ? {} : { records }),
    ...('encoding' in written && written.encoding !== 'utf-8' ? written : {}),
  }
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
