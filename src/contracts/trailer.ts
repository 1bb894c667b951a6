import { compare, type DecimalText, decimal, literal, type SetEngine } from '../canonical/index.js'
import type { ExtractColumn } from '../config/extract-contract.js'
import type { ControlSum } from './extract-check.js'
import type { Fault } from './file-finding.js'
import { textOf } from './projection-sql.js'
import { type StagedExtract, textsSql } from './stage-texts.js'
import { summedColumn } from './trailer-sums.js'
import { cleanSql, typedSql } from './value-sql.js'

/** Wide enough for what no single canonical column holds. */
const total = 'DECIMAL(30,6)'

export interface TrailerCheck {
  readonly sums: readonly ControlSum[]
  /** Why the file may not be used; undefined where the trailer ties. */
  readonly fault?: Fault
}

/**
 * Holds the trailer against what was read, exactly. The sums are over all records, rejected ones too, as far as they can be read.
 * @param taken sums of columns that were taken when the file was loaded, each of its values readable
 */
export async function checkTrailer(
  engine: SetEngine,
  extract: StagedExtract,
  fields: readonly string[] | undefined,
  taken: ReadonlyMap<string, DecimalText> = new Map(),
): Promise<TrailerCheck> {
  const { contract, staged } = extract
  const declared = contract.format.trailer
  if (declared === undefined) return { sums: [] }
  const truncated = (message: string): TrailerCheck => ({
    sums: [],
    fault: { code: 'FILE-TRUNCATED', message, values: { records: String(staged.records) } },
  })
  if (fields === undefined)
    return truncated(
      `the trailer record "${declared.marker}" is not there, so the end of the file may be missing; nothing of it is used`,
    )
  if (declared.count !== undefined) {
    const count = fields[declared.count - 1]?.trim() ?? ''
    if (!/^\d{1,15}$/.test(count))
      return truncated(`the trailer has no record count in place ${declared.count}, so it may be cut`)
    const counted = Number(count) - declared['count-includes']
    if (counted !== staged.records)
      return {
        sums: [],
        fault: {
          code: 'FILE-TOTALS',
          message: `the trailer counts ${counted} records, the file has ${staged.records}; nothing of it is used`,
          values: { 'records by trailer': String(counted), 'records in file': String(staged.records) },
        },
      }
  }
  const sums: ControlSum[] = []
  for (const { position, column } of declared.sums) {
    const sum = await controlSum(engine, extract, column, fields[position - 1] ?? '', taken.get(column))
    if (sum === undefined)
      return truncated(`the trailer has no sum of ${column} in place ${position}, so it may be cut`)
    sums.push(sum)
  }
  const off = sums.find((sum) => sum.unreadable === 0 && compare(decimal(sum.declared), decimal(sum.read)) !== 0)
  if (off === undefined) return { sums }
  return {
    sums,
    fault: {
      code: 'FILE-TOTALS',
      message: `the trailer sums ${off.column} to ${off.declared}, the records to ${off.read}; nothing of it is used`,
      values: { [`${off.column} by trailer`]: off.declared, [`${off.column} in file`]: off.read },
    },
  }
}

/** undefined where the trailer's own value is no number. */
async function controlSum(
  engine: SetEngine,
  extract: StagedExtract,
  name: string,
  declared: string,
  taken: DecimalText | undefined,
): Promise<ControlSum | undefined> {
  if (!/^[ -~]*$/.test(declared)) return undefined
  const column = summedColumn(extract.contract, name)
  const [told] = await engine.rows<{ value: string | null }>(`
    SELECT ${typedSql('text', column, total)} AS value FROM (SELECT ${cleanSql('given', [])} AS text FROM (SELECT ${literal(declared)} AS given))`)
  if (told === undefined || told.value === null) return undefined
  const { read, unreadable } =
    taken === undefined ? await readSum(engine, extract, column) : { read: taken, unreadable: 0 }
  return { column: name, declared: decimal(told.value), read, unreadable: unreadable + extract.staged.rejected }
}

async function readSum(
  engine: SetEngine,
  extract: StagedExtract,
  column: ExtractColumn,
): Promise<{ read: DecimalText; unreadable: number }> {
  const text = textOf(extract.contract, column.name)
  const [row] = await engine.rows<{ read: string; unreadable: number }>(`
    SELECT coalesce(sum(value), 0) AS read, count(*) FILTER (WHERE value IS NULL AND ${text} IS NOT NULL) AS unreadable
    FROM (SELECT ${text}, ${typedSql(text, column, total)} AS value FROM (${textsSql(extract, [column.name])}))`)
  return { read: decimal(row?.read ?? '0'), unreadable: row?.unreadable ?? 0 }
}
