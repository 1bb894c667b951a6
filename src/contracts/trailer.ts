import { compare, type DecimalText, decimal, literal, type SetEngine } from '../canonical/index.js'
import type { ExtractColumn, Trailer } from '../config/extract-contract.js'
import type { ToldTexts } from '../formats/nested/index.js'
import type { ControlSum } from './extract-check.js'
import type { Fault } from './file-finding.js'
import { textOf } from './projection-sql.js'
import { type StagedExtract, textsSql } from './stage-texts.js'
import type { ToldTotal } from './text-extract.js'
import { summedColumn } from './trailer-sums.js'
import { cleanSql, totalOf, totalSql } from './value-sql.js'

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
  /** Of a file of nested objects, in the place of a record: what it tells of itself. */
  readonly told?: readonly ToldTotal[] | undefined
  /** How many records there are of each type, in a file of several. */
  readonly counts?: ReadonlyMap<string, number> | undefined
}

/** What one control record says, in the words of its findings. */
interface Control {
  readonly totals: Omit<Trailer, 'marker'>
  /** Texts at a position (1-based): one of a record, any number of what a file tells at one place. */
  readonly texts: (position: number) => ToldTexts
  readonly called: (position: number) => string
  /** Where something is to stand that does not. */
  readonly lacking: (what: string, position: number) => string
}

/**
 * Holds what the control records say against what was read, exactly. The sums are over all records, rejected ones too, as far as they can be
 * read.
 * @param taken sums of columns that were taken when the file was loaded, each of its values readable
 */
export async function checkTotals(
  engine: SetEngine,
  extract: StagedExtract,
  { trailer, opening, told, counts }: ControlRecords,
  taken: ReadonlyMap<string, DecimalText> = new Map(),
): Promise<TrailerCheck> {
  const { format } = extract.contract
  if (format.trailer !== undefined && trailer === undefined)
    return truncated(
      extract,
      `the trailer record "${format.trailer.marker}" is not there, so the end of the file may be missing; nothing of it is used`,
    )
  const totals = format['header-totals']
  const above = told === undefined ? controlRecord('control record', totals, opening) : toldByFile(totals, told)
  const before = await checkControl(engine, extract, above, counts, taken)
  if (before.fault !== undefined) return before
  const behind = await checkControl(engine, extract, controlRecord('trailer', format.trailer, trailer), counts, taken)
  return { ...behind, sums: [...before.sums, ...behind.sums] }
}

const controlRecord = (
  called: string,
  totals: Control['totals'] | undefined,
  fields: readonly string[] | undefined,
): Control | undefined =>
  totals &&
  fields && {
    totals,
    texts: (position) => new Map([[fields[position - 1]?.trim() ?? '', 1]]),
    called: () => called,
    lacking: (what, position) => `the ${called} has no ${what} in place ${position}`,
  }

function toldByFile(totals: Control['totals'] | undefined, told: readonly ToldTotal[]): Control | undefined {
  const at = (position: number): string => told[position - 1]?.at ?? ''
  return (
    totals && {
      totals,
      texts: (position) => told[position - 1]?.texts ?? new Map(),
      called: (position) => `value at ${at(position)}`,
      lacking: (what, position) => `the file has no ${what} at ${at(position)}`,
    }
  )
}

const truncated = ({ staged }: StagedExtract, message: string): TrailerCheck => ({
  sums: [],
  fault: { code: 'FILE-TRUNCATED', message, values: { records: String(staged.records) } },
})

async function checkControl(
  engine: SetEngine,
  extract: StagedExtract,
  control: Control | undefined,
  counts: ReadonlyMap<string, number> | undefined,
  taken: ReadonlyMap<string, DecimalText>,
): Promise<TrailerCheck> {
  if (control === undefined) return { sums: [] }
  const { totals, texts, called, lacking } = control
  const cut = (what: string, position: number): TrailerCheck =>
    truncated(extract, `${lacking(what, position)}, so it may be cut`)
  if (totals.count !== undefined) {
    const told = countOf(texts(totals.count))
    if (told === undefined) return cut('record count', totals.count)
    const counted = told - totals['count-includes']
    const there = totals.counts?.reduce((sum, type) => sum + (counts?.get(type) ?? 0), 0) ?? extract.staged.records
    const by = called(totals.count)
    if (counted !== there)
      return {
        sums: [],
        fault: {
          code: 'FILE-TOTALS',
          message: `the ${by} counts ${counted} records, the file has ${there}; nothing of it is used`,
          values: { [`records by ${by}`]: String(counted), 'records in file': String(there) },
        },
      }
  }
  const sums: (ControlSum & { readonly by: string })[] = []
  for (const { position, column } of totals.sums) {
    const sum = await controlSum(engine, extract, column, texts(position), taken.get(column))
    if (sum === undefined) return cut(`sum of ${column}`, position)
    sums.push({ ...sum, by: called(position) })
  }
  const read = sums.map(({ by: _, ...sum }) => sum)
  const off = sums.find((sum) => sum.unreadable === 0 && compare(decimal(sum.declared), decimal(sum.read)) !== 0)
  if (off === undefined) return { sums: read }
  return {
    sums: read,
    fault: {
      code: 'FILE-TOTALS',
      message: `the ${off.by} sums ${off.column} to ${off.declared}, the records to ${off.read}; nothing of it is used`,
      values: { [`${off.column} by ${off.by}`]: off.declared, [`${off.column} in file`]: off.read },
    },
  }
}

/** undefined where none is told, or one of them is no count. */
function countOf(texts: ToldTexts): number | undefined {
  if (texts.size === 0 || ![...texts.keys()].every((text) => /^\d{1,15}$/.test(text))) return undefined
  return [...texts].reduce((sum, [text, times]) => sum + Number(text) * times, 0)
}

/** undefined where no value is told, or one is no number. */
async function controlSum(
  engine: SetEngine,
  extract: StagedExtract,
  name: string,
  texts: ToldTexts,
  taken: DecimalText | undefined,
): Promise<ControlSum | undefined> {
  if (texts.size === 0 || ![...texts.keys()].every((text) => /^[ -~]*$/.test(text))) return undefined
  const column = summedColumn(extract.contract, name)
  const given = [...texts].map(([text, times]) => `(${literal(text)}, ${times})`).join(', ')
  const [told] = await engine.rows<{ value: string | null; unreadable: number }>(`
    SELECT ${totalOf('sum(value * times::DECIMAL(8,0))', column)} AS value, count(*) FILTER (WHERE value IS NULL) AS unreadable FROM (
      SELECT ${totalSql('text', column, total)} AS value, times
      FROM (SELECT ${cleanSql('given', [])} AS text, times FROM (VALUES ${given}) AS t(given, times)))`)
  if (told === undefined || told.value === null || told.unreadable > 0) return undefined
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
    SELECT ${totalOf('coalesce(sum(value), 0)', column)} AS read, count(*) FILTER (WHERE value IS NULL AND ${text} IS NOT NULL) AS unreadable
    FROM (SELECT ${text}, ${totalSql(text, column, total)} AS value FROM (${textsSql(extract, [column.name])}))`)
  return { read: decimal(row?.read ?? '0'), unreadable: row?.unreadable ?? 0 }
}
