import { type FieldTolerance, literal, type TextLeniency } from '../../canonical/index.js'

/** Room for 16 digits before the point and 8 behind it; the percent of one still fits DuckDB's 38 digits. */
const numberType = 'DECIMAL(24,8)'
const numberPattern = '[+-]?(0*\\d{1,16}([.]\\d{0,8}0*)?|[.]\\d{1,8}0*)'

/** The exact number a text is, NULL where it is none or has more digits than are kept: DuckDB by itself would round. */
export const numberSql = (text: string): string =>
  `CASE WHEN regexp_full_match(${text}, ${literal(numberPattern)}) THEN try_cast(${text} AS ${numberType}) END`

/** The day a text is, NULL where it is none. */
export const daySql = (text: string): string =>
  `CASE WHEN regexp_full_match(${text}, '\\d{4}-\\d{2}-\\d{2}') THEN try_cast(${text} AS DATE) END`

/** The text without what does not count of it. */
export function lenientSql(text: string, ignoring: readonly TextLeniency[]): string {
  let sql = text
  if (ignoring.includes('spaces')) sql = `nullif(trim(${sql}), '')`
  if (ignoring.includes('case')) sql = `upper(${sql})`
  if (ignoring.includes('zeros'))
    sql = `CASE WHEN ${sql} IS NOT NULL THEN coalesce(nullif(ltrim(${sql}, '0'), ''), '0') END`
  return sql
}

/** What of a text is held against the other side's: of its own type, NULL where the text cannot be read so. */
export function comparableSql(text: string, tolerance: FieldTolerance): string {
  switch (tolerance.kind) {
    case 'text':
      return lenientSql(text, tolerance.ignoring)
    case 'number':
      return numberSql(text)
    case 'date':
      return daySql(text)
  }
}

/** `left` and `right` are the texts, `a` and `b` what comparableSql made of them. */
interface Pair {
  readonly left: string
  readonly right: string
  readonly a: string
  readonly b: string
}

/** 'same', 'within' or 'differs'. What cannot be read as the tolerance wants is the same only where the texts are. */
export function verdictSql(pair: Pair, tolerance: FieldTolerance): string {
  const sameText = `${pair.left} IS NOT DISTINCT FROM ${pair.right}`
  const same = tolerance.kind === 'text' ? sameText : `${sameText} OR ${pair.a} = ${pair.b}`
  return `CASE WHEN ${same} THEN 'same' WHEN ${withinSql(pair, tolerance)} THEN 'within' ELSE 'differs' END`
}

function withinSql({ a, b }: Pair, tolerance: FieldTolerance): string {
  switch (tolerance.kind) {
    case 'text':
      return `${a} IS NOT DISTINCT FROM ${b}`
    case 'date':
      return `abs(${b} - ${a}) <= ${tolerance.days}`
    case 'number': {
      const { absolute, percent } = tolerance
      return [
        ...(absolute === undefined ? [] : [`abs(${b} - ${a}) <= ${absolute}::${numberType}`]),
        ...(percent === undefined
          ? []
          : [`abs(${b} - ${a}) * 100 <= ${percent}::DECIMAL(9,4) * greatest(abs(${a}), abs(${b}))`]),
      ].join(' AND ')
    }
  }
}

/** Right less left: an exact number, or days; NULL for texts and for what cannot be read. */
export const distanceSql = ({ a, b }: Pair, { kind }: FieldTolerance): string =>
  kind === 'text' ? 'NULL::VARCHAR' : `(${b} - ${a})::VARCHAR`
