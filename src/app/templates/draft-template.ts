import type { ExtractContract } from '../../config/index.js'
import type { AcceptedColumn, AcceptedFile } from './accepted-columns.js'
import { type Likely, likelyFields, type OfferedField } from './field-of-column.js'

export interface TemplateDraft {
  readonly name: string
  /** As people call the file. */
  readonly file: string
  readonly rows: string
  readonly contract: ExtractContract
  readonly accepted: AcceptedFile
  readonly fields: readonly OfferedField[]
  readonly crlf: boolean
  /** Name of a workbook's sheet. */
  readonly sheet?: string | undefined
}

export interface LearntTemplate {
  readonly template: string
  readonly yaml: string
  readonly records: number
  readonly columns: number
  /** Column: the field of ours it is. */
  readonly mapped: readonly { readonly column: string; readonly from: string; readonly score: number }[]
  readonly constants: readonly { readonly column: string; readonly value: string }[]
  /** Columns that are filled there, and that nothing of ours could be told to be. */
  readonly open: readonly string[]
}

/** The template as a person goes on with it: one line a column, each question as a comment where it belongs. */
export function draftTemplate({
  name,
  file,
  rows,
  contract,
  accepted,
  fields,
  crlf,
  sheet,
}: TemplateDraft): LearntTemplate {
  const { format } = contract
  const chosen = assigned(accepted, fields)
  const dates = [
    ...new Set(accepted.columns.flatMap(({ format: pattern }) => (pattern === undefined ? [] : [luxonOf(pattern)]))),
  ]
  const lines = accepted.columns.map((column) => columnLine(column, chosen.get(column), accepted.records, dates[0]))
  const fixed = format.kind === 'fixed'
  const width = fixed
    ? Math.max(...accepted.columns.map(({ position, width = 1 }) => position + width - 1))
    : accepted.columns.length
  const yaml = [
    `# Proposed from ${file}, ${accepted.records} records that the ERP accepted. Lines with "decide" are questions to a person.`,
    '# Lengths that the import takes cannot be seen in a file: add max-length where you know them.',
    `template: ${name}`,
    `title: ${text(name.replaceAll('-', ' '))}`,
    `source: ${text(`accepted file ${file}`)}`,
    ...(dates[0] === undefined ? [] : [`date: ${text(dates[0])}`]),
    ...(format.kind === 'delimited' ? [] : [`form: ${format.kind}`]),
    ...(crlf && format.kind !== 'xlsx' ? ['line-end: crlf'] : []),
    ...(format.kind === 'xlsx' || (format.kind === 'delimited' && format.header) ? ['header: true'] : []),
    ...(format.kind === 'delimited' && format.delimiter !== ',' ? [`delimiter: ${text(format.delimiter)}`] : []),
    `archive: { kind: none, name: ${text(`${name}-{load}${/\.[A-Za-z]+$/.exec(file)?.[0] ?? ''}`)} }`,
    'files:',
    `  - name: ${text(sheet ?? file)}`,
    `    rows: ${rows}`,
    `    columns: ${width}`,
    '    map:',
    ...lines.flat(),
    '',
  ].join('\n')
  return {
    template: name,
    yaml,
    records: accepted.records,
    columns: accepted.columns.length,
    mapped: [...chosen].flatMap(([column, likely]) =>
      likely === 'constant'
        ? []
        : [{ column: column.name, from: likely.from, score: Math.round(likely.score * 100) / 100 }],
    ),
    constants: [...chosen].flatMap(([column, likely]) =>
      likely === 'constant' ? [{ column: column.name, value: column.only ?? '' }] : [],
    ),
    open: accepted.columns.filter((column) => column.filled > 0 && !chosen.has(column)).map((column) => column.name),
  }
}

/** Each field goes to the column it is most like; what is the same in every record of several stays as it is. */
function assigned(
  { columns, records }: AcceptedFile,
  fields: readonly OfferedField[],
): Map<AcceptedColumn, Likely | 'constant'> {
  const chosen = new Map<AcceptedColumn, Likely | 'constant'>()
  const pairs = columns
    .filter(({ filled }) => filled > 0)
    .flatMap((column) => likelyFields(column, fields).map((likely) => ({ column, likely })))
    // What is the same everywhere is a field only if it is called so: all invoices of a day may be in one currency.
    .filter(({ column, likely }) => !isConstant(column, records) || likely.score > 0.9)
    .sort((a, b) => b.likely.score - a.likely.score)
  const taken = new Set<string>()
  for (const { column, likely } of pairs) {
    if (chosen.has(column) || taken.has(likely.from)) continue
    chosen.set(column, likely)
    if (!perLoad.has(likely.from)) taken.add(likely.from)
  }
  for (const column of columns) if (!chosen.has(column) && isConstant(column, records)) chosen.set(column, 'constant')
  return chosen
}

/** The same in every row of one load, and another in the next. */
const perLoad: ReadonlySet<string> = new Set(['load.id', 'load.group-id', 'load.source'])

const isConstant = ({ only, filled }: AcceptedColumn, records: number): boolean =>
  only !== undefined && filled === records && records > 1

function columnLine(
  column: AcceptedColumn,
  chosen: Likely | 'constant' | undefined,
  records: number,
  date: string | undefined,
): string[] {
  const { name, position, width, filled, only } = column
  const place = `position: ${position}${width === undefined ? '' : `, width: ${width}`}, name: ${text(name)}`
  const line = (rest: string): string => `      - { ${place}, ${rest} }`
  if (filled === 0) return []
  if (chosen === 'constant')
    return [
      `      # decide: ${text(only ?? '')} in all ${records} records; a value that the job gives is "value: NAME"`,
      line(`constant: ${text(only ?? '')}`),
    ]
  const how = [
    ...kindOf(column, date),
    ...(filled === records && records > 1 ? ['required: true'] : []),
    ...(column.padded === undefined
      ? []
      : [`pad-left: { width: ${column.padded.width}, with: ${text(column.padded.with)} }`]),
  ].join(', ')
  if (chosen === undefined)
    return [
      `      # decide: what ${name} is, filled in ${filled} of ${records} records; give it as "from: FIELD", "value: NAME" or "constant: ...", then take the # away`,
      `      # - { ${place}, from: ?${how === '' ? '' : `, ${how}`} }`,
    ]
  return [
    ...(chosen.score < 0.85 ? [`      # decide: ${name} may be ${chosen.from}`] : []),
    ...(isConstant(column, records)
      ? [`      # decide: ${text(only ?? '')} in all ${records} records; "constant" where it always is`]
      : []),
    line(`from: ${chosen.from}${how === '' ? '' : `, ${how}`}`),
  ]
}

function kindOf({ kind, format, decimals, comma }: AcceptedColumn, date: string | undefined): string[] {
  if (kind === 'date') {
    const own = luxonOf(format ?? '')
    return ['kind: date', ...(own === date ? [] : [`date: ${text(own)}`])]
  }
  if (kind === 'integer') return ['kind: integer']
  if (kind !== 'decimal') return []
  return [
    'kind: amount',
    ...(decimals === undefined || decimals === 0 ? [] : [`decimals: ${decimals}`]),
    ...(comma ? ['decimal-separator: ","'] : []),
  ]
}

/** strptime's words for the parts of a date as luxon has them. */
const parts: Readonly<Record<string, string>> = {
  '%Y': 'yyyy',
  '%y': 'yy',
  '%m': 'MM',
  '%-m': 'M',
  '%d': 'dd',
  '%-d': 'd',
  '%b': 'MMM',
  '%H': 'HH',
  '%-H': 'H',
  '%I': 'hh',
  '%-I': 'h',
  '%M': 'mm',
  '%S': 'ss',
  '%p': 'a',
}

const luxonOf = (pattern: string): string =>
  pattern.replaceAll(/%-?[A-Za-z]|T|Z/g, (part) => parts[part] ?? (part.startsWith('%') ? '' : `'${part}'`))

const text = (value: string): string => JSON.stringify(value)
