import { type Dialect, detectDialect, readHead, recordFields, surveyFile } from '../../formats/delimited/index.js'

/** How a file is written, as far as its first and last records show. */
export interface Framing {
  readonly dialect: Dialect
  /** Values of a data record. */
  readonly width: number
  /** The names of the header; undefined where there is none. */
  readonly header: readonly string[] | undefined
  /** Of columns that nothing names, what they are called; undefined: by their number. */
  readonly names?: readonly string[]
  /** Records before header and data that say nothing. */
  readonly skip: number
  /** The control record before the data, where one stands there. */
  readonly marker: string | undefined
  /** Its values. */
  readonly opening: readonly string[] | undefined
  /** Values of the last record where it is no data. */
  readonly trailer: readonly string[] | undefined
}

const SAMPLED = 2000
const endWords = /\b(end of|totals?|trailer|records?|rows?|count)\b/i
const controlWord = /^(HDR|HEADER|HD|H|BOF|FHS|START)$/i
const trailerWord =
  /^(TRL|TRAILER|TRLR|TR|T|TOT|((GRAND|REPORT) ?)?TOTALS?|EOF|END|FTR|FOOTER|Z|RECORDS?|COUNT|9{1,10})$/i

/**
 * Finds out how a file is written: delimiter, encoding, titles before the header, the header, a control record before the data, a
 * trailer behind it.
 */
export async function guessFraming(
  path: string,
  known: Partial<Pick<Dialect, 'delimiter' | 'encoding'>>,
  workbook = false,
): Promise<Framing> {
  const dialect: Dialect = { ...(await detectDialect(path, { ...known, header: false })), header: false }
  const head = await readHead(path, dialect, SAMPLED)
  const usual = usualWidth(head)
  const first = belowTitles(
    head,
    Math.max(
      0,
      head.findIndex((record) => record.length === usual && !controlWord.test(record[0]?.trim() ?? '')),
    ),
  )
  const width = Math.max(usual, head[first]?.length ?? 0)
  const before = head.slice(0, first)
  // Above the names of a sheet stand titles, never a control record.
  // A title that was filled up with empty values is none either.
  const marker = !workbook && before.length === 1 && filled(before[0] ?? []) > 1 ? before[0]?.[0]?.trim() : undefined
  const body = head.slice(first)
  const header = isHeader(body[0] ?? [], body.slice(1)) ? body[0]?.map((name) => name.trim()) : undefined
  const { lastRecord } = await surveyFile(path, dialect)
  const last = head.length > first + 1 && lastRecord !== undefined ? recordFields(lastRecord, dialect) : undefined
  const trailer =
    last !== undefined && isTrailer(last, width, body.slice(header === undefined ? 0 : 1)) ? last : undefined
  const skip = marker === undefined ? first : 0
  return {
    dialect: {
      ...dialect,
      header: header !== undefined,
      skip,
      ...(marker === undefined ? {} : { headerMarker: marker }),
      ...(trailer === undefined ? {} : { trailerMarker: trailer[0]?.trim() ?? '' }),
    },
    width,
    header,
    skip,
    marker,
    opening: marker === undefined ? undefined : before[0],
    trailer,
  }
}

/** Rows above the names in a copy of a sheet, whose rows may each have a width of their own. */
export async function titlesAbove(path: string): Promise<number> {
  return (await guessFraming(path, { delimiter: ',', encoding: 'utf-8' }, true)).skip
}

const TITLES = 10

/**
 * Where the names stand, if not in the first record as wide as most: above it, when the last of them name nothing in any record and a
 * sheet leaves them out; below it, when a title was filled up with empty values.
 */
function belowTitles(head: readonly (readonly string[])[], first: number): number {
  const names = (at: number): number => (isHeader(head[at] ?? [], head.slice(at + 1)) ? filled(head[at] ?? []) : 0)
  const width = head[first]?.length ?? 0
  if (first > 0 && (head[first - 1]?.length ?? 0) > width && names(first - 1) > filled(head[first] ?? []))
    return first - 1
  // A title is short: names that fill less than half of the record are looked for further down.
  if (filled(head[first] ?? []) * 2 > width) return first
  for (let at = first + 1; at < Math.min(head.length, first + TITLES); at++)
    if ((head[at]?.length ?? 0) === width && names(at) * 2 > width) return at
  return first
}

const filled = (record: readonly string[]): number => record.filter((value) => value.trim() !== '').length

/** The width that most records have; of equally frequent ones the larger. */
export function usualWidth(records: readonly (readonly string[])[]): number {
  const widths = new Map<number, number>()
  for (const { length } of records) widths.set(length, (widths.get(length) ?? 0) + 1)
  return [...widths].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 1
}

const value = /^[-+(]?[$€£]?\d[\d.,' ]*[-+)%]?$|^\d{1,4}[-/.](\d{1,2}|[A-Za-z]{3})[-/.]\d{1,4}/

/** Names are all there, all different, no numbers or dates, and none of them stands below itself. */
function isHeader(first: readonly string[], body: readonly (readonly string[])[]): boolean {
  const names = first.map((name) => name.trim())
  while (names.length > 1 && names.at(-1) === '') names.pop()
  if (names.length === 0 || names.some((name) => name === '' || value.test(name))) return false
  if (new Set(names.map((name) => name.toLowerCase())).size < names.length) return false
  if (names.some((name, n) => body.some((record) => record[n]?.trim() === name))) return false
  const telling = names.filter((_, n) => body.some((record) => value.test(record[n]?.trim() ?? ''))).length
  return body.length === 0 || telling > 0 || names.every((name) => /^[A-Za-z][\w .#/()%-]*$/.test(name))
}

function isTrailer(last: readonly string[], width: number, body: readonly (readonly string[])[]): boolean {
  const mark = last[0]?.trim() ?? ''
  if (mark === '') return false
  const elsewhere = body.slice(0, -1).some((record) => record[0]?.trim() === mark)
  if (elsewhere) return false
  const isShort = last.length < width && last.length > 1
  return trailerWord.test(mark) || (isShort && (/^[A-Z]{1,10}$/i.test(mark) || endWords.test(mark)))
}
