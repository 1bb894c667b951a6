import { compare, type DecimalText, decimal, literal, type SetEngine } from '../canonical/index.js'
import type { ExtractColumn, Trailer } from '../config/extract-contract.js'
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
  /** Why the file may not be used; undefined where the totals tie. */
  readonly fault?: Fault
}

/** Values of the control records of a file; undefined where one is not there. */
export interface ControlRecords {
  readonly trailer: readonly string[] | undefined
  readonly opening: readonly string[] | undefined
  /** How many records there are of each type, in a file of several. */
  readonly counts?: ReadonlyMap<string, number> | undefined
}

/**
 * Holds what the control records say against what was read, exactly. The sums are over all records, rejected ones too, as far as they can be
 * read.
 * @param taken sums of columns that were taken when the file was loaded, each of its values readable
 */
export async function checkTotals(
  engine: SetEngine,
  extract: StagedExtract,
  { trailer, opening, counts }: ControlRecords,
  taken: ReadonlyMap<string, DecimalText> = new Map(),
): Promise<TrailerCheck> {
  const { format } = extract.contract
  if (format.trailer !== undefined && trailer === undefined)
    return truncated(
      extract,
      `the trailer record "${format.trailer.marker}" is not there, so the end of the file may be missing; nothing of it is used`,
    )
  const before = await checkRecord(engine, extract, 'control record', format['header-totals'], opening, counts, taken)
  if (before.fault !== undefined) return before
  const behind = await checkRecord(engine, extract, 'trailer', format.trailer, trailer, counts, taken)
  return { ...behind, sums: [...before.sums, ...behind.sums] }
}

const truncated = ({ staged }: StagedExtract, message: string): TrailerCheck => ({
  sums: [],
  fault: { code: 'FILE-TRUNCATED', message, values: { records: String(staged.records) } },
})

async function checkRecord(
  engine: SetEngine,
  extract: StagedExtract,
  called: string,
  declared: Omit<Trailer, 'marker'> | undefined,
  fields: readonly string[] | undefined,
  counts: ReadonlyMap<string, number> | undefined,
  taken: ReadonlyMap<string, DecimalText>,
): Promise<TrailerCheck> {
  const { staged } = extract
  if (declared === undefined || fields === undefined) return { sums: [] }
  if (declared.count !== undefined) {
    const count = fields[declared.count - 1]?.trim() ?? ''
    if (!/^\d{1,15}$/.test(count))
      return truncated(extract, `the ${called} has no record count in place ${declared.count}, so it may be cut`)
    const counted = Number(count) - declared['count-includes']
    const there = declared.counts?.reduce((sum, type) => sum + (counts?.get(type) ?? 0), 0) ?? staged.records
    if (counted !== there)
      return {
        sums: [],
        fault: {
          code: 'FILE-TOTALS',
          message: `the ${called} counts ${counted} records, the file has ${there}; nothing of it is used`,
          values: { [`records by ${called}`]: String(counted), 'records in file': String(there) },
        },
      }
  }
  const sums: ControlSum[] = []
  for (const { position, column } of declared.sums) {
    const sum = await controlSum(engine, extract, column, fields[position - 1] ?? '', taken.get(column))
    if (sum === undefined)
      return truncated(extract, `the ${called} has no sum of ${column} in place ${position}, so it may be cut`)
    sums.push(sum)
  }
  const off = sums.find((sum) => sum.unreadable === 0 && compare(decimal(sum.declared), decimal(sum.read)) !== 0)
  if (off === undefined) return { sums }
  return {
    sums,
    fault: {
      code: 'FILE-TOTALS',
      message: `the ${called} sums ${off.column} to ${off.declared}, the records to ${off.read}; nothing of it is used`,
      values: { [`${off.column} by ${called}`]: off.declared, [`${off.column} in file`]: off.read },
    },
  }
}

/** undefined where the control record's own value is no number. */
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
