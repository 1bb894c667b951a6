import { literal, type SetEngine } from '../../canonical/index.js'
import type { ExtractColumn } from '../../config/extract-contract.js'
import { cleanSql, typedSql } from '../value-sql.js'

/** How numbers, dates or flags of a column are written: the settings of a contract's column. */
export type ColumnForm = Partial<ExtractColumn> & Pick<ExtractColumn, 'kind'>

/** What the values of a column say of it. Empty values and words for empty are not counted. */
export interface ColumnFacts {
  /** 1-based. */
  readonly position: number
  readonly filled: number
  readonly records: number
  readonly distinct: number
  readonly longest: number
  /** Values that begin with a zero and go on. */
  readonly leadingZeros: number
  /** All its values where they are few, in their order. */
  readonly values: readonly string[]
  /** Words for empty that stand in it. */
  readonly emptyWords: readonly string[]
  /** Texts of identities: social security numbers, addresses of e-mail, telephone numbers. */
  readonly identities: number
  /** As a number, where its values are numbers; `numberAlso` reads the same values as other numbers. */
  readonly number?: ColumnForm
  readonly numberAlso?: ColumnForm
  /** Some number has decimals, or is written with separators or signs. */
  readonly decimals: boolean
  readonly date?: ColumnForm & { readonly formats: string[] }
  /** Every value could be the number that a spreadsheet has for a day of 2000 to 2054. */
  readonly serialDays: boolean
  /** Another order of day and month fits as well. */
  readonly dateOrderOpen?: string
}

/** Enough to see how a column is written; the whole file is checked under the contract afterwards. */
const SAMPLED = 50_000
const FEW = 12
const emptyWords = ['NULL', 'null', '(null)', '\\N', 'N/A', '#N/A', 'None', 'NaN', '<null>']
/** What systems write for a day that was never set. */
const emptyDates = [
  '00000000',
  '0',
  '00/00/0000',
  '0000-00-00',
  '01/01/1700',
  '01/01/1753',
  '1900-01-01',
  '01/01/1900',
  '17000101',
  '19000101',
]

const dateForms = [
  '%Y-%m-%d',
  '%m/%d/%Y',
  '%d/%m/%Y',
  '%Y%m%d',
  '%d.%m.%Y',
  '%Y/%m/%d',
  '%m-%d-%Y',
  '%d-%m-%Y',
  '%-m/%-d/%Y',
  '%-d/%-m/%Y',
  '%-d.%-m.%Y',
  '%d-%b-%Y',
  '%d-%b-%y',
  '%d %b %Y',
  '%b %d %Y',
  '%m/%d/%y',
  '%d/%m/%y',
  '%d.%m.%y',
  '%y%m%d',
  '%m%d%Y',
  '%d%b%Y',
  '%b %-d, %Y',
  '%Y-%m-%d%z',
  '%Y-%m-%d %H:%M:%S',
  '%Y-%m-%dT%H:%M:%S',
  '%Y-%m-%dT%H:%M:%S%z',
  '%Y-%m-%dT%H:%M:%S.%f%z',
  '%Y-%m-%d %H:%M:%S%z',
  '%Y-%m-%d %H:%M:%S.%f %z',
  '%Y%m%d%H%M%S%z',
  '%Y-%m-%d %H:%M:%S.%f',
  '%Y-%m-%dT%H:%M:%S.%f',
  '%Y-%m-%d %H:%M',
  '%Y%m%d%H%M%S',
  '%Y/%m/%d %H:%M:%S',
  '%m/%d/%Y %H:%M:%S',
  '%m/%d/%Y %H:%M',
  '%m/%d/%Y %I:%M:%S %p',
  '%-m/%-d/%Y %-I:%M:%S %p',
  '%-m/%-d/%Y %-H:%M',
  '%d-%b-%Y %H:%M:%S',
  '%d-%b-%y %I.%M.%S.%f %p',
  '%b %-d %Y %-I:%M%p',
  '%d.%m.%Y %H:%M:%S',
  '%d.%m.%Y %H:%M',
  '%d/%m/%Y %H:%M',
  '%Y-%m-%d-%H.%M.%S.%f',
  '1%y%j',
  '%Y%j',
] as const

const numberForms: readonly Partial<ExtractColumn>[] = [
  {},
  { 'thousands-separator': ',' },
  { 'decimal-separator': ',' },
  { 'thousands-separator': '.' },
  { 'thousands-separator': ' ', 'decimal-separator': ',' },
  { 'thousands-separator': ' ' },
  { 'thousands-separator': "'" },
]
const numberType = 'DECIMAL(38,6)'

const identityForms = [
  '\\d{3}-\\d{2}-\\d{4}',
  '[^@ ]+@[^@ ]+\\.[A-Za-z]{2,}',
  '(\\+?1[ .-]?)?(\\(\\d{3}\\) ?|\\d{3}[.-])\\d{3}[.-]\\d{4}',
]

interface Look {
  readonly filled: number
  readonly records: number
  readonly distinct: number
  readonly longest: number | null
  readonly zeros: number
  readonly identities: number
  readonly words: string[] | null
  readonly few: string[] | null
  readonly digits: number
  readonly dated: number
  readonly behind: number
  readonly brackets: number
  readonly credit: number
  readonly plus: number
  readonly punched: number
  readonly signs: string[] | null
  readonly wide: number
  readonly clock: number
  readonly clock_behind: number
  readonly serial: number
}

/** Looks at one column of a staged file. */
export async function columnFacts(engine: SetEngine, source: string, position: number): Promise<ColumnFacts> {
  const sample = `(SELECT c${position} AS raw FROM ${source} LIMIT ${SAMPLED})`
  const text = `(SELECT raw, ${cleanSql('raw', emptyWords)} AS t FROM ${sample})`
  const matching = (pattern: string) => `count(*) FILTER (WHERE regexp_full_match(t, ${literal(pattern)}))`
  const sign = '(?:[$€£]|USD|EUR|CAD)'
  const [look] = await engine.rows<Look>(`
    SELECT count(t) AS filled, count(*) AS records, count(DISTINCT t) AS distinct, max(length(t)) AS longest,
      ${matching('0\\d+')} AS zeros, ${matching(identityForms.join('|'))} AS identities,
      list_distinct(list(trim(raw)) FILTER (WHERE trim(raw) IN (${emptyWords.map(literal).join(', ')}))) AS words,
      list_sort(list_distinct(list(t) FILTER (WHERE t IS NOT NULL))[:${FEW + 1}]) AS few,
      ${matching(`[-+(]*\\s*${sign}?\\s*[-+]?(\\d[\\d.,' ]*|[.,]\\d+)\\s*${sign}?\\s*(\\)|-|\\+|CR|DR)?|\\d+[{}A-R]`)} AS digits,
      ${matching('\\d{1,4}[-/. ]?(\\d{1,2}|[A-Za-z]{3})[-/. ,]*\\d{1,4}([T ].*)?|[A-Za-z]{3} {1,2}\\d{1,2},? \\d{4}( .*)?|\\d{4}-\\d\\d-\\d\\d([+-]\\d.*|Z)|\\d{14}')} AS dated,
      ${matching('[\\d.,]+ ?-')} AS behind, ${matching('\\(.*\\)')} AS brackets, ${matching('.*\\d ?(CR|DR)')} AS credit,
      ${matching('[\\d.,]+\\+')} AS plus, ${matching('\\d+[{}]')} AS punched, ${matching('[-+]?\\d{16,}')} AS wide, ${matching('[-+]?\\d{1,4}:[0-5]\\d(:[0-5]\\d)?-?')} AS clock, count(*) FILTER (WHERE suffix(t, '-')) AS clock_behind,
      ${matching('(3[6-9]|4\\d|5[0-6])\\d{3}([.]\\d+)?')} AS serial,
      list_distinct(list(regexp_extract(t, ${literal(sign)})) FILTER (WHERE regexp_matches(t, ${literal(sign)}))) AS signs
    FROM ${text}`)
  if (look === undefined) throw new RangeError('an aggregate without a row')
  const { filled, records, distinct, longest, zeros, identities } = look
  const base = {
    position,
    filled,
    records,
    distinct,
    longest: longest ?? 0,
    leadingZeros: zeros,
    values: distinct <= FEW ? (look.few ?? []) : [],
    emptyWords: look.words ?? [],
    identities,
    serialDays: filled > 0 && look.serial === filled,
  }
  if (filled === 0) return { ...base, decimals: false }
  if (nearlyAll(look.clock, filled))
    return {
      ...base,
      decimals: true,
      number: {
        kind: 'decimal',
        'hours-and-minutes': true,
        ...(look.clock_behind > 0 ? { 'trailing-minus': true } : {}),
      },
    }
  const number = nearlyAll(look.digits, filled) && look.wide === 0 ? await numberForm(engine, text, look) : undefined
  const date = await dateForm(engine, text, look)
  return { ...base, decimals: false, ...number, ...date }
}

/** One wrong value in fifty is a fault of the file, not of the column. */
const nearlyAll = (fitting: number, all: number): boolean => fitting > 0 && fitting + Math.floor(all / 50) >= all

async function numberForm(
  engine: SetEngine,
  text: string,
  { filled, behind, brackets, credit, plus, punched, signs }: Look,
): Promise<Pick<ColumnFacts, 'number' | 'numberAlso' | 'decimals'> | undefined> {
  const words = {
    ...(credit > 0 ? { CR: 'minus' as const, DR: 'plus' as const } : {}),
    ...(plus > 0 ? { '+': 'plus' as const } : {}),
  }
  const manner: Partial<ExtractColumn> = {
    ...(behind > 0 ? { 'trailing-minus': true } : {}),
    ...(brackets > 0 ? { parentheses: true } : {}),
    ...(Object.keys(words).length > 0 ? { 'sign-words': words } : {}),
    ...(punched > 0 ? { overpunch: true } : {}),
    ...(signs !== null && signs.length > 0 ? { 'number-signs': signs.sort() } : {}),
  }
  const forms = numberForms.map((form): ColumnForm => ({ kind: 'decimal', ...form, ...manner }))
  const counts = forms.map((form, n) => `count(${typedSql('t', form as ExtractColumn, numberType)}) AS f${n}`)
  const [fit] = await engine.rows<Record<string, number>>(`SELECT ${counts.join(', ')} FROM ${text}`)
  const most = Math.max(...forms.map((_, n) => fit?.[`f${n}`] ?? 0))
  const fitting = forms.filter((_, n) => fit?.[`f${n}`] === most)
  const [best] = fitting
  if (best === undefined || !nearlyAll(most, filled)) return undefined
  const typed = typedSql('t', best as ExtractColumn, numberType)
  const [found] = await engine.rows<{ broken: number; marked: number }>(
    `SELECT count(*) FILTER (WHERE ${typed} <> trunc(${typed})) AS broken, count(*) FILTER (WHERE ${typed} IS NOT NULL AND regexp_matches(t, '[^0-9]')) AS marked FROM ${text}`,
  )
  const { broken = 0, marked = 0 } = found ?? {}
  const other = fitting.find((form) => pointOf(form) !== pointOf(best))
  return {
    number: best,
    decimals: broken + marked > 0,
    ...(marked > 0 && other !== undefined ? { numberAlso: other } : {}),
  }
}

/** What stands before the decimals. */
export const pointOf = (form: ColumnForm): string =>
  form['decimal-separator'] ?? (form['thousands-separator'] === '.' ? ',' : '.')

async function dateForm(
  engine: SetEngine,
  text: string,
  { filled, dated }: Look,
): Promise<Pick<ColumnFacts, 'date' | 'dateOrderOpen'> | undefined> {
  if (dated * 2 < filled) return undefined
  const empty = `t IN (${emptyDates.map(literal).join(', ')})`
  const one = (format: string) => typedSql('t', { kind: 'date', formats: [format] } as unknown as ExtractColumn, 'DATE')
  const counts = dateForms.map((format, n) => `count(*) FILTER (WHERE ${plausible(one(format))}) AS f${n}`)
  const [fit] = await engine.rows<Record<string, number>>(
    `SELECT count(*) FILTER (WHERE ${empty}) AS empty, ${counts.join(', ')} FROM ${text}`,
  )
  const wanted = filled - (fit?.empty ?? 0)
  if (wanted <= 0) return undefined
  const byFit = dateForms
    .map((format, n) => ({ format, fits: fit?.[`f${n}`] ?? 0 }))
    .filter(({ fits }) => fits > 0)
    .sort((a, b) => b.fits - a.fits)
  const formats: string[] = []
  const covered = async () => {
    const [row] = await engine.rows<{ n: number }>(
      `SELECT count(*) AS n FROM ${text} WHERE NOT (${empty}) AND (${formats.map((format) => `(${one(format)}) IS NOT NULL`).join(' OR ')})`,
    )
    return row?.n ?? 0
  }
  let best = 0
  for (const { format } of byFit) {
    if (formats.length === 3 || best === wanted) break
    formats.push(format)
    const now = await covered()
    if (now > best) best = now
    else formats.pop()
  }
  if (!nearlyAll(best, wanted)) return undefined
  const used = await engine.rows<{ t: string }>(`SELECT DISTINCT t FROM ${text} WHERE ${empty} ORDER BY 1`)
  const first = formats[0]
  const swapped = first === undefined ? undefined : swapOf(first)
  const open = swapped !== undefined && byFit.find(({ format }) => format === swapped)?.fits === best
  return {
    date: {
      kind: 'date',
      formats,
      ...(formats.some((format) => /%-?[HI].*%z$/.test(format)) ? { 'day-in': 'UTC' } : {}),
      ...(used.length > 0 ? { 'null-values': used.map(({ t }) => t) } : {}),
    },
    ...(open ? { dateOrderOpen: swapped } : {}),
  }
}

/** Days of a business: numbers that happen to be one are no dates. */
const plausible = (date: string): string =>
  `(${date}) BETWEEN DATE '1950-01-01' AND DATE '2100-12-31' OR (${date}) = DATE '9999-12-31'`

const swapOf = (format: string): string | undefined => {
  const swapped = format.replace(/%(-?)([md])(.)%(-?)([md])/, '%$4$5$3%$1$2')
  return swapped === format ? undefined : dateForms.find((other) => other === swapped)
}
