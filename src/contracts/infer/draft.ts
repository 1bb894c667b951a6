import { type RelationColumn, type RelationName, relations } from '../../canonical/index.js'
import { EXCEL_SERIAL } from '../value-sql.js'
import { type ColumnForm, pointOf } from './column-facts.js'
import { composedSource, isDivisor } from './composed-fields.js'
import type { DraftField } from './draft-field.js'
import { codeWords } from './field-names.js'
import type { KnownSources, NamedColumn, RelationGuess } from './guess-relation.js'
import { wordsOf } from './name-words.js'
import { countedFields, fieldWords, hashedFields, naturalKeys } from './relation-facts.js'

/** A line of the contract that is to be, as YAML, with what a person should know of it. */
/** The question about digits without a point. */
export const IMPLIED_DECIMALS =
  'decide: do its last digits stand behind a point that is not written? Then implied-decimals says how many'

export interface DraftColumn {
  readonly name: string
  readonly form: ColumnForm
  readonly required: boolean
  readonly sensitivity: 'none' | 'internal' | 'personal'
  readonly remarks: readonly string[]
}

export interface DraftProjection {
  readonly relation: RelationName
  readonly key: readonly string[]
  /** Settings beside key and map, and questions about all of it. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly remarks: readonly string[]
  readonly fields: readonly DraftField[]
  /** Required fields that nothing in the file can be: while there are some, the projection cannot stand. */
  readonly lacking: readonly string[]
}

/** Where the file has no column for it, the word that is true of most files; a person must say so. */
const usual: Readonly<Record<string, string>> = { status: 'open', matching: 'three-way' }

const flagWords: readonly (readonly [readonly string[], readonly string[]])[] = [
  [
    ['Y', 'YES', 'T', 'TRUE', '1', 'X'],
    ['N', 'NO', 'F', 'FALSE', '0'],
  ],
]

/** The columns as the contract describes them, given what they become. */
export function draftColumns(
  columns: readonly NamedColumn[],
  guess: RelationGuess | undefined,
  key: readonly string[],
): DraftColumn[] {
  const described: Readonly<Record<string, RelationColumn>> = guess === undefined ? {} : relations[guess.relation]
  return columns.map((column) => {
    const field = guess?.fields.find((mapped) => mapped.column === column.name)?.field
    const kind = field === undefined ? undefined : described[field]?.kind
    const needed = field !== undefined && (described[field]?.required === true || key.includes(field))
    const form = formOf(column, kind)
    const open = form.kind === 'date' && column.dateOrderOpen !== undefined
    return {
      name: column.name,
      form,
      required: needed && column.filled === column.records && column.records > 0,
      sensitivity: column.sensitivity,
      remarks: [
        ...(form === column.number && column.numberAlso !== undefined
          ? [
              `check: "${pointOf(form)}" before decimals; its values are numbers with "${pointOf(column.numberAlso)}" too`,
            ]
          : []),
        ...(form.formats?.includes(EXCEL_SERIAL) ? ['check: numbers of days as a spreadsheet counts them'] : []),
        ...(form['day-in'] !== undefined
          ? [
              'decide: whose day it is: that of the hospital, day-in: America/Chicago for example. In UTC an evening is the day after',
            ]
          : []),
        ...(open ? [`decide: every value is ${column.dateOrderOpen} as well, month and day the other way round`] : []),
        ...(isPadded(column, form) ? [IMPLIED_DECIMALS] : []),
        ...(column.filled === 0 ? ['always empty in this file'] : []),
      ],
    }
  })
}

/** Numbers that are filled up with zeros and never have a point: at fixed places it is often left out. */
const isPadded = ({ leadingZeros, filled, longest }: NamedColumn, { kind, ...form }: ColumnForm): boolean =>
  kind === 'decimal' && form['implied-decimals'] === undefined && longest > 6 && leadingZeros * 2 > filled

function formOf(column: NamedColumn, kind: RelationColumn['kind'] | undefined): ColumnForm {
  switch (kind) {
    case 'text':
      return { kind: 'text' }
    case 'date':
      return column.date ?? { kind: 'text' }
    case 'flag':
      return flagForm(column) ?? { kind: 'text' }
    case 'integer':
      return { ...column.number, kind: 'integer' }
    case undefined:
      return unmappedForm(column)
    default:
      return column.number ?? { kind: 'text' }
  }
}

/** Of a column that becomes nothing yet: whole numbers stay texts, so that no leading zero is lost. */
function unmappedForm(column: NamedColumn): ColumnForm {
  const words = wordsOf(column.name)
  if (isDivisor(column.name) && column.number !== undefined && !column.decimals) return column.number
  const counted = ['amount', 'quantity', 'price', 'cost', 'total', 'hours'].some((word) => words.includes(word))
  if (column.date !== undefined && (words.includes('date') || column.number === undefined)) return column.date
  if (column.number !== undefined && (column.decimals || (counted && column.leadingZeros === 0))) return column.number
  return { kind: 'text' }
}

function flagForm({ values }: NamedColumn): ColumnForm | undefined {
  for (const [yes, no] of flagWords) {
    const all = values.every((value) => [...yes, ...no].includes(value.toUpperCase()))
    if (!all) continue
    const of = (words: readonly string[]) => values.filter((value) => words.includes(value.toUpperCase()))
    const [t, f] = [of(yes), of(no)]
    return { kind: 'flag', 'true-values': t.length > 0 ? t : ['Y'], 'false-values': f.length > 0 ? f : ['N'] }
  }
  return undefined
}

/** What the file becomes. */
export function draftProjection(
  columns: readonly NamedColumn[],
  { relation, fields, lacking }: RelationGuess,
  constants: Readonly<Record<string, string>>,
  known: KnownSources,
): DraftProjection {
  const described: Readonly<Record<string, RelationColumn>> = relations[relation]
  const column = (name: string) => columns.find((one) => one.name === name)
  const drafted = Object.entries(described).flatMap(([field, { required, means, kind }]): DraftField[] => {
    const constant = constants[field]
    if (constant !== undefined) return [{ field, source: { constant }, remarks: [] }]
    const mapped = fields.find((one) => one.field === field)
    const from = mapped === undefined ? undefined : column(mapped.column)
    const unclear = kind === 'flag' && from !== undefined && flagForm(from) === undefined
    if (mapped !== undefined && from !== undefined && !unclear) {
      const { source, remarks } =
        knownSource(relation, field, from, known) ??
        composedSource(field, from, columns) ??
        sourceOf(relation, field, kind, required, from)
      const sure = mapped.score >= 0.9 ? [] : [`check: ${means}`]
      const rival = mapped.rival === undefined ? [] : [`check: or ${mapped.rival}`]
      return [{ field, source, remarks: [...remarks, ...sure, ...rival] }]
    }
    const word = required ? usualWord(relation, field) : undefined
    return word === undefined
      ? []
      : [
          {
            field,
            source: { constant: word },
            remarks: [`decide: the file does not say it; taken as ${word} in every record`],
          },
        ]
  })
  const there = new Set(drafted.map(({ field }) => field))
  const natural = (naturalKeys[relation] ?? Object.keys(described)).filter((field) => there.has(field))
  return {
    relation,
    key: natural.length > 0 ? natural : [...there].slice(0, 1),
    settings: {},
    remarks: changesRemark(columns),
    fields: drafted,
    lacking: lacking.filter((field) => !there.has(field)),
  }
}

const doneWords: Readonly<Record<'put' | 'remove', readonly string[]>> = {
  put: ['A', 'C', 'I', 'U', 'N', 'M', 'ADD', 'CHG', 'CHANGE', 'INS', 'INSERT', 'UPD', 'UPDATE', 'NEW'],
  remove: ['D', 'X', 'R', 'DEL', 'DELETE', 'DELETED', 'REM', 'REMOVE'],
}

/** A column that may say what became of each record, as extracts of changes have it. */
function changesRemark(columns: readonly NamedColumn[]): string[] {
  const done = (value: string) =>
    doneWords.put.includes(value.toUpperCase())
      ? 'put'
      : doneWords.remove.includes(value.toUpperCase())
        ? 'remove'
        : undefined
  const column = columns.find(({ name, values }) => {
    const named = wordsOf(name).some((word) =>
      ['action', 'act', 'change', 'operation', 'op', 'transaction', 'flag', 'chg'].includes(word),
    )
    return named && values.length > 1 && values.every((value) => done(value) !== undefined)
  })
  if (column === undefined) return []
  const codes = column.values.map((value) => `${value}: ${done(value)}`).join(', ')
  return [
    `decide: does the file hold changes alone? Then say changes: { column: ${column.name}, codes: { ${codes} } } here, and changes of the input`,
  ]
}

function usualWord(relation: RelationName, field: string): string | undefined {
  const words = wordsAllowed(relation, field)
  const word = usual[field]
  return words === undefined ? undefined : word !== undefined && words.includes(word) ? word : words[0]
}

export const wordsAllowed = (relation: RelationName, field: string): readonly string[] | undefined =>
  fieldWords[`${relation}.${field}`] ?? fieldWords[field]

/** As a contract that there is already reads a column of that name: what its codes mean, how its keys are padded. */
function knownSource(
  relation: RelationName,
  field: string,
  { name, values, sensitivity }: NamedColumn,
  known: KnownSources,
): Pick<DraftField, 'source' | 'remarks'> | undefined {
  const source = known.get(`${relation}.${field}`)?.get(name.toUpperCase())
  if (typeof source !== 'object' || !('codes' in source) || source.codes === undefined || sensitivity === 'personal')
    return undefined
  const { codes } = source
  const unknown = values.filter((value) => codes[value] === undefined)
  return unknown.length > 0
    ? undefined
    : { source: { column: name, codes }, remarks: ['check: what each code means, as another contract has it'] }
}

function sourceOf(
  relation: RelationName,
  field: string,
  kind: RelationColumn['kind'],
  required: boolean,
  from: NamedColumn,
): Pick<DraftField, 'source' | 'remarks'> {
  const { name } = from
  const plain = { source: name, remarks: [] }
  if (kind !== 'text') return plain
  if (hashedFields.has(field)) return { source: { column: name, transform: ['keyed-hash'] }, remarks: [] }
  const words = wordsAllowed(relation, field)
  if (words !== undefined) return codesOf(words, required, from)
  if (field === 'gtin')
    return { source: { column: name, transform: ['digits-only'], 'pad-left': { width: 14, with: '0' } }, remarks: [] }
  if (field === 'uom' || field.endsWith('_uom')) return { source: { column: name, transform: ['upper'] }, remarks: [] }
  if (field === 'release' && from.leadingZeros > 0 && from.values.some((value) => /^0+$/.test(value)))
    return {
      source: { column: name, transform: ['strip-leading-zeros'] },
      remarks: ['decide: zeros alone are release 0; where they are none, say so of the column: null-values: ["0000"]'],
    }
  if (countedFields.has(field) && from.leadingZeros > 0)
    return { source: { column: name, transform: ['strip-leading-zeros'] }, remarks: [] }
  if (from.leadingZeros > 0 && field !== 'company')
    return {
      source: name,
      remarks: ['check: leading zeros are kept; transform: [strip-leading-zeros] takes them away'],
    }
  return plain
}

/** Codes for the words that its values stand for; what nobody can know is left to a person, and rejected until then. */
function codesOf(
  words: readonly string[],
  required: boolean,
  { name, values, distinct, filled, records }: NamedColumn,
): Pick<DraftField, 'source' | 'remarks'> {
  const said = wordsOf(name)
  const codes: Record<string, string> = {}
  const unknown: string[] = []
  for (const value of values) {
    const meant = words.filter(
      (word) => word.toUpperCase() === value.toUpperCase() || codeWords[word]?.includes(value.toUpperCase()),
    )
    const word = byName(said, value, words) ?? (meant.length === 1 ? meant[0] : undefined)
    if (word === undefined) unknown.push(value)
    else codes[value] = word
  }
  const empty = required && filled < records ? emptyWord(words, Object.values(codes)) : undefined
  const remarks = [
    ...(empty === undefined ? [] : [`decide: ${records - filled} records have nothing there; taken as ${empty}`]),
    ...(Object.keys(codes).length > 0 ? ['check: what each code means'] : []),
    ...(unknown.length > 0
      ? [`decide: what ${unknown.map((value) => `"${value}"`).join(', ')} stand for: ${words.join(', ')}`]
      : []),
    ...(values.length === 0 && distinct > 0 ? [`decide: which of its ${distinct} values are ${words.join(', ')}`] : []),
  ]
  // A map of codes cannot be empty: the words themselves are codes too.
  const source = {
    column: name,
    codes: Object.keys(codes).length > 0 ? codes : Object.fromEntries(words.map((word) => [word, word])),
    ...(empty === undefined ? {} : { 'empty-as': empty }),
  }
  return { source, remarks }
}

/** What nothing means beside a mark: not cancelled, not blocked, no receipt needed. */
const emptyWord = (words: readonly string[], used: readonly string[]): string | undefined =>
  words.find((word) => !used.includes(word)) ?? words[0]

/** Y in a column named closed is closed, in one named active is active. */
function byName(said: readonly string[], value: string, words: readonly string[]): string | undefined {
  const yes = ['Y', 'YES', 'T', 'TRUE', '1', 'X'].includes(value.toUpperCase())
  const no = ['N', 'NO', 'F', 'FALSE', '0'].includes(value.toUpperCase())
  const named = words.find((word) => said.includes(word))
  if (named === undefined || (!yes && !no)) return undefined
  if (yes) return named
  const others = words.filter((word) => word !== named)
  return others.length === 1 ? others[0] : words.includes('open') && named !== 'open' ? 'open' : undefined
}
