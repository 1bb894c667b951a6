import { type ColumnKind, literal, sqlType } from '../canonical/index.js'
import type { ExtractColumn, ExtractContract, TextContract } from '../config/extract-contract.js'
import type { KnownColumn } from './known-column.js'

/** Digits after the point that a canonical kind keeps. */
export const scaleOfKind = (kind: ColumnKind): number => scaleOf(sqlType[kind])

const scaleOf = (type: string): number => Number(/,(\d+)\)/.exec(type)?.[1] ?? 0)

/** Spaces around a value do not count. trim is slow, and most values have none. */
export const trimmedSql = (raw: string, tested?: KnownColumn): string =>
  tested?.unspaced ? raw : `CASE WHEN prefix(${raw}, ' ') OR suffix(${raw}, ' ') THEN trim(${raw}) ELSE ${raw} END`

/** Of a value without spaces around it: texts that mean empty are NULL. */
export function filledSql(trimmed: string, nullValues: readonly string[], tested?: KnownColumn): string {
  const empty = [...(tested?.unspaced ? [] : ['']), ...nullValues]
  if (empty.length === 0) return trimmed
  return `CASE WHEN (${trimmed}) IN (${empty.map(literal).join(', ')}) THEN NULL ELSE ${trimmed} END`
}

/** Both in one expression. Named twice, the trimmed value is made once; within a CASE it would be made twice. */
export const cleanSql = (raw: string, nullValues: readonly string[]): string => filledSql(trimmedSql(raw), nullValues)

/** Texts that mean empty in a column. */
export const nullValuesOf = ({ format, columns }: ExtractContract, name: string): readonly string[] => [
  ...format['null-values'],
  ...(columns.find((column) => column.name === name)?.['null-values'] ?? []),
]

/** The texts that mean empty in every column, as far as DuckDB can be told to read them as NULL: no spaces around, no separator within. */
export const nullsToRead = ({ format }: TextContract): readonly string[] =>
  format.kind === 'delimited'
    ? format['null-values'].filter(
        (text) =>
          text.trim() === text &&
          ![format.delimiter, format.quote, '\n', '\r'].some((one) => one !== '' && text.includes(one)),
      )
    : []

/**
 * A cleaned text as a DuckDB type: NULL where it is empty, and NULL where it is not written as the contract says. The two are
 * told apart by the text. Nothing is rounded, cut or guessed. What all values are known to be is not looked for in each.
 */
export function typedSql(text: string, column: ExtractColumn, type: string, tested?: KnownColumn): string {
  if (tested?.readAs !== undefined) return tested.readAs === type ? text : `try_cast(${text} AS ${type})`
  switch (column.kind) {
    case 'text':
      return text
    case 'decimal':
    case 'integer':
      return isPlainNumber(column, type, tested) ? numberOf(text, type) : numberSql(text, column, type)
    case 'date':
      return isOneShape(tested)
        ? `try_strptime(${text}, ${literal(column.formats?.[0] ?? '')})::DATE`
        : dateSql(text, column)
    case 'flag':
      return flagSql(text, column['true-values'] ?? [], column['false-values'] ?? [])
  }
}

/** What a value that does not fit should have been, for people. */
export function wanted(column: ExtractColumn, type: string): string {
  switch (column.kind) {
    case 'text':
      return 'text'
    case 'integer':
      return 'a whole number'
    case 'decimal':
      if (column['hours-and-minutes']) return 'hours and minutes, written as 8:15'
      return column['implied-decimals'] === undefined
        ? `a number in plain notation with at most ${placesOf(column, type)} digits after the point`
        : `a number without a point, ${column['implied-decimals']} decimals implied${column['implied-decimals'] > scaleOf(type) ? `, only zeros beyond ${scaleOf(type)}` : ''}`
    case 'date':
      return `a date written as ${(column.formats ?? []).join(' or ')}`
    case 'flag':
      return `one of ${[...(column['true-values'] ?? []), ...(column['false-values'] ?? [])].join(', ')}`
  }
}

/** Digits after the point that pass: what the contract allows, and never more than the type keeps. */
function placesOf(column: ExtractColumn, type: string): number {
  return column.kind === 'integer' ? 0 : Math.min(column.scale ?? scaleOf(type), scaleOf(type))
}

/** Digits and perhaps a point, with no more decimals than are kept: of these DuckDB makes what they say. */
const isPlainNumber = (column: ExtractColumn, type: string, tested: KnownColumn | undefined): boolean =>
  tested?.fits === true && tested.test.kind === 'number' && tested.test.decimals <= placesOf(column, type)

/** Digits wherever its pattern has them: a day that there is would be written back the same. */
const isOneShape = (tested: KnownColumn | undefined): boolean => tested?.fits === true && tested.test.kind === 'shape'

/** DuckDB by itself would round, and take 1e3; zeros beyond the last place allowed change nothing and pass. */
function numberSql(text: string, column: ExtractColumn, type: string): string {
  const signed = signedSql(text, column)
  if (column['hours-and-minutes'])
    return `CASE WHEN ${matches(signed, CLOCK)} THEN ${scaled(`${secondsSql(signed)} * 100000000`, '3600', 8, type)} END`
  const implied = column['implied-decimals']
  if (implied !== undefined) {
    const one = implied === 0 ? '1' : `0.${'0'.repeat(implied - 1)}1`
    const more = Math.max(implied - scaleOf(type), 0)
    const digits = more === 0 ? '\\d+' : `(\\d*0{${more}}|0+)`
    return `CASE WHEN ${matches(signed, `[+-]?${digits}`)} THEN try_cast(try_cast(${signed} AS DECIMAL(18,0)) * ${one}::DECIMAL(13,${implied}) AS ${type}) END`
  }
  const separator = column['thousands-separator']
  const point = column['decimal-separator'] ?? (separator === '.' ? ',' : '.')
  const places = placesOf(column, type)
  const fraction = places === 0 ? `([${point}]0*)?` : `([${point}]\\d{0,${places}}0*)?`
  const whole = separator === undefined ? '\\d+' : `(\\d+|\\d{1,3}([${separator}]\\d{3})+)`
  const bare = column.kind === 'integer' || places === 0 ? '' : `|[${point}]\\d{1,${places}}0*`
  const pattern = column.kind === 'integer' ? `[+-]?${whole}` : `[+-]?(${whole}${fraction}${bare})`
  const ungrouped = separator === undefined ? signed : `replace(${signed}, ${literal(separator)}, '')`
  const plain = point === ',' ? `replace(${ungrouped}, ',', '.')` : ungrouped
  return `CASE WHEN ${matches(signed, pattern)} THEN ${numberOf(plain, type)} END`
}

/** Hours, minutes and perhaps seconds, with a sign before them or none. */
const CLOCK = '[+-]?\\d{1,6}:[0-5]\\d(:[0-5]\\d)?'

/** Of a text that is known to be so: its seconds, a whole number. */
function secondsSql(text: string): string {
  const part = (number: number): string =>
    `coalesce(try_cast(split_part(ltrim(${text}, '+-'), ':', ${number}) AS HUGEINT), 0)`
  return `((${part(1)} * 3600 + ${part(2)} * 60 + ${part(3)}) * CASE WHEN prefix(${text}, '-') THEN -1 ELSE 1 END)`
}

/** What a control record and the records of a column are held against each other by: hours in whole seconds, all else as it is. */
export function totalSql(text: string, column: ExtractColumn, type: string): string {
  if (!column['hours-and-minutes']) return typedSql(text, column, type)
  const signed = signedSql(text, column)
  return `CASE WHEN ${matches(signed, CLOCK)} THEN ${secondsSql(signed)}::${type} END`
}

/** A sum of such totals, for people: seconds are hours again. */
export const totalOf = (sum: string, column: ExtractColumn): string =>
  column['hours-and-minutes'] ? scaled(`(${sum})::HUGEINT * 10000`, '3600', 4, 'DECIMAL(30,4)') : sum

/** A whole number divided by another, rounded half away from zero, with so many digits behind the point. */
const scaled = (numerator: string, denominator: string, digits: number, type: string): string =>
  `try_cast(try_cast(sign(${numerator}) * ((2 * abs(${numerator}) + abs(${denominator})) // (2 * abs(${denominator}))) AS DECIMAL(18,0)) * 0.${'0'.repeat(digits - 1)}1::DECIMAL(${digits + 1},${digits}) AS ${type})`

/**
 * One number divided by another, NULL where it does not come out even. Hours are rounded to their last digit: a third of one has none.
 * @param number SQL of type DECIMAL(18,6), as the divisor
 */
export function quotientSql(number: string, divisor: string, kind: ColumnKind): string {
  const digits = scaleOfKind(kind)
  const whole = (value: string): string => `((${value})::DECIMAL(38,6) * 1000000)::HUGEINT`
  const numerator = `(${whole(number)} * ${10 ** digits})`
  const denominator = `nullif(${whole(divisor)}, 0)`
  const sign = `(CASE WHEN (${divisor}) < 0 THEN -1 ELSE 1 END)`
  const quotient = scaled(`(${numerator} * ${sign})`, denominator, digits, sqlType[kind])
  return kind === 'hours' ? quotient : `CASE WHEN ${numerator} % ${denominator} = 0 THEN ${quotient} END`
}

/** The number with its sign before it and nothing around it. What is written otherwise stays as it is, and is then no number. */
function signedSql(text: string, column: ExtractColumn): string {
  const signs = column['number-signs'] ?? []
  const bare = signs.length === 0 ? text : withoutSigns(text, signs)
  if (column.overpunch)
    return `CASE WHEN ${matches(bare, '\\d*[{A-I]')} THEN left(${bare}, -1) || ${digitOf(bare)} WHEN ${matches(bare, '\\d*[}J-Rp-y]')} THEN '-' || left(${bare}, -1) || ${digitOf(bare)} ELSE ${bare} END`
  const words: readonly (readonly [string, 'plus' | 'minus'])[] = [
    ...(column['trailing-minus'] ? [['-', 'minus'] as const] : []),
    ...Object.entries(column['sign-words'] ?? {}),
  ]
  const cases = words.map(
    ([word, sign]) =>
      `WHEN suffix(${bare}, ${literal(word)}) THEN ${sign === 'minus' ? `'-' || ` : ''}rtrim(left(${bare}, -${word.length}))`,
  )
  if (column.parentheses)
    cases.push(`WHEN prefix(${bare}, '(') AND suffix(${bare}, ')') THEN '-' || trim(${bare}[2:-2])`)
  return cases.length === 0 ? bare : `CASE ${cases.join(' ')} ELSE ${bare} END`
}

/** Once before the number, behind its sign too, and once behind it. */
function withoutSigns(text: string, signs: readonly string[]): string {
  const any = signs.map((sign) => sign.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
  const before = `regexp_replace(${text}, ${literal(`^([-+(]?)\\s*(?:${any})\\s*`)}, '\\1')`
  return `regexp_replace(${before}, ${literal(`\\s*(?:${any})([-+)]?)$`)}, '\\1')`
}

const digitOf = (text: string): string =>
  `translate(right(${text}, 1), '{ABCDEFGHI}JKLMNOPQRpqrstuvwxy', '012345678901234567890123456789')`

/** Into a type of more than 18 digits DuckDB casts texts twenty times slower; nearly all numbers fit into 18, and are cast there first. */
function numberOf(text: string, type: string): string {
  const cast = `try_cast(${text} AS ${type})`
  const [, width, scale] = /^DECIMAL\((\d+),(\d+)\)$/.exec(type) ?? []
  return Number(width ?? 0) > 18 ? `coalesce(try_cast(${text} AS DECIMAL(18,${scale})), ${cast})` : cast
}

const matches = (text: string, pattern: string): string => `regexp_full_match(${text}, ${literal(pattern)})`

/**
 * Where a number behind a space is written without zeros (%-d), it may be filled up with more spaces, as in "Nov  5 2026".
 * strptime takes "1/2/24" for %m/%d/%Y and makes it the year 24; only what is written back the same is a date of that pattern.
 */
function dateSql(text: string, column: ExtractColumn): string {
  const tries = (column.formats ?? []).map((format) => {
    if (format === EXCEL_SERIAL) return serialSql(text)
    const zoned = format.endsWith('%z')
    const pattern = (zoned ? format.slice(0, -2).trimEnd() : format).replace(FRACTION, '')
    const whole = zoned ? `rtrim(regexp_replace(${text}, ${literal(`${OFFSET}$`)}, ''))` : text
    const timed = FRACTION.test(format)
      ? `regexp_replace(${whole}, '(\\d[:.]\\d\\d)[.]\\d{1,9}( |$)', '\\1\\2')`
      : whole
    const local = / %-/.test(pattern) ? `regexp_replace(${timed}, ' +', ' ', 'g')` : timed
    const parsed = `try_strptime(${local}, ${literal(pattern)})`
    const written = `strftime(${parsed}, ${literal(pattern)})`
    const same = /%[abABp]/.test(pattern) ? `upper(${written}) = upper(${local})` : `${written} = ${local}`
    const fits = zoned ? `regexp_matches(${text}, ${literal(`${OFFSET}$`)}) AND ${same}` : same
    return `CASE WHEN ${fits} THEN ${dayOf(parsed, text, format, column)} END`
  })
  return tries.length === 1 ? (tries[0] ?? '') : `coalesce(${tries.join(', ')})`
}

/** Fractions of a second behind it, of any length: they move no day. */
const FRACTION = /[.]%[fgn]/

/** Instead of a pattern: days since 1899-12-30, as a spreadsheet writes a date whose cell has lost its format. */
export const EXCEL_SERIAL = 'excel-serial'

/** Five digits are days from 1927 to 2173; what stands behind the point is the time of day. */
const serialSql = (text: string): string =>
  `CASE WHEN ${matches(text, '\\d{5}(?:[.]\\d+)?')} THEN DATE '1899-12-30' + left(${text}, 5)::INTEGER END`

/** Z, -06, -0600 or -06:00 behind a time. */
const OFFSET = '(?:Z|[+-]\\d{2}(?::?\\d{2})?)'

/** The day as it is written, or the one that the moment was in another zone. A day without a time is a day in any zone. */
function dayOf(parsed: string, text: string, format: string, column: ExtractColumn): string {
  const zone = column['day-in']
  const from = column['written-in']
  if (zone === undefined || !/%-?[HI]/.test(format)) return `${parsed}::DATE`
  if (!format.endsWith('%z'))
    return from === undefined
      ? `${parsed}::DATE`
      : `(${parsed} AT TIME ZONE ${literal(from)} AT TIME ZONE ${literal(zone)})::DATE`
  const part = (group: number): string =>
    `coalesce(try_cast(regexp_extract(${text}, '([+-])(\\d{2}):?(\\d{2})?$', ${group}) AS INTEGER), 0)`
  const minutes = `(${part(2)} * 60 + ${part(3)}) * CASE WHEN regexp_matches(${text}, '-\\d{2}:?(?:\\d{2})?$') THEN -1 ELSE 1 END`
  const offset = `CASE WHEN suffix(${text}, 'Z') THEN 0 ELSE ${minutes} END`
  return `((${parsed} - to_minutes(${offset})) AT TIME ZONE 'UTC' AT TIME ZONE ${literal(zone)})::DATE`
}

function flagSql(text: string, trueValues: readonly string[], falseValues: readonly string[]): string {
  const isOne = (values: readonly string[]): string =>
    values.length === 0 ? 'false' : `${text} IN (${values.map(literal).join(', ')})`
  return `CASE WHEN ${isOne(trueValues)} THEN true WHEN ${isOne(falseValues)} THEN false END`
}
