import {
  type Cell,
  type DecimalText,
  decimal,
  type ExceptionCode,
  type FindingKeys,
  literal,
  type SetEngine,
} from '../canonical/index.js'
import type { AlreadyThere, Matcher, ResultTable } from './matcher.js'

/** A place where a value stands: `file` is an index into the run's input files. */
export interface Evidence {
  readonly file: number | null
  readonly record: number | null
  readonly byteOffset: number | null
  readonly byteLength: number | null
  readonly field: string
  readonly value: string | null
}

export interface RuleFinding {
  readonly code: ExceptionCode
  readonly keys: FindingKeys
  readonly message: string
  readonly amountAtRisk: DecimalText
  readonly currency: string | null
  readonly values: Readonly<Record<string, string | null>>
  readonly tolerance: Readonly<Record<string, string | null>> | null
  readonly evidence: readonly Evidence[]
}

interface FindingRow {
  readonly code: ExceptionCode
  readonly keys: string
  readonly amount: string
  readonly currency: string | null
  readonly message: string
  readonly compared: string
  readonly tolerance: string | null
  readonly evidence: string
}

/** What the rules found, by code and keys. */
export async function* readRuleFindings(engine: SetEngine): AsyncGenerator<RuleFinding> {
  const sql = 'SELECT * FROM finding ORDER BY code, keys, message, amount, evidence'
  for await (const rows of engine.batches<FindingRow>(sql))
    for (const { keys, amount, compared, tolerance, evidence, ...row } of rows)
      yield {
        ...row,
        keys: told(JSON.parse(keys)),
        amountAtRisk: decimal(amount),
        values: JSON.parse(compared),
        tolerance: tolerance === null ? null : JSON.parse(tolerance),
        evidence: JSON.parse(evidence),
      }
}

const told = (keys: Readonly<Record<string, string | number | null>>): FindingKeys =>
  Object.fromEntries(
    Object.entries(keys).flatMap(([key, value]) => (value === null || value === '' ? [] : [[key, String(value)]])),
  )

/** Name of the one period that rules have judged. */
export async function readPeriod(engine: SetEngine): Promise<string> {
  const [row, ...others] = await engine.rows<{ name: string }>('SELECT name FROM period')
  if (row === undefined || others.length > 0) throw new Error('rules of one period leave one row in period')
  return row.name
}

export interface RuleTotal {
  readonly section: string
  readonly name: string
  readonly measure: 'count' | 'amount'
  readonly in: DecimalText
  readonly matched: DecimalText
  readonly exception: DecimalText
  readonly waiting: DecimalText
  readonly duplicate: DecimalText
  readonly quarantined: DecimalText
}

export async function readTotals(engine: SetEngine): Promise<RuleTotal[]> {
  const rows = await engine.rows<Record<string, string>>('SELECT * FROM control_total ORDER BY place, section, name')
  return rows.map((row) => ({
    section: String(row.section),
    name: String(row.name),
    measure: row.measure === 'amount' ? 'amount' : 'count',
    in: decimal(String(row.taken)),
    matched: decimal(String(row.matched)),
    exception: decimal(String(row.in_exception)),
    waiting: decimal(String(row.waiting)),
    duplicate: decimal(String(row.duplicate)),
    quarantined: decimal(String(row.quarantined)),
  }))
}

export interface RuleOutcome {
  readonly label: string
  readonly explanation: string
  readonly count: number
  /** Null where no money is moved. */
  readonly amount: DecimalText | null
}

export async function readRuleOutcomes(engine: SetEngine): Promise<RuleOutcome[]> {
  const rows = await engine.rows<{ label: string; explanation: string; count: number | string; amount: string | null }>(
    'SELECT label, explanation, count, amount FROM outcome ORDER BY place, label',
  )
  return rows.map(({ count, amount, ...row }) => ({
    ...row,
    count: Number(count),
    amount: amount === null ? null : decimal(amount),
  }))
}

/** A row of a result table: column -> exact text, number or yes and no; with `needs_...` where the table may be loaded. */
export type ResultRow = Readonly<Record<string, Cell>>

const NEEDS = ['needs_code', 'needs_keys', 'needs_decisions'] as const

/** The rows of one of the matcher's tables, in the order of its key. */
export async function* readTable(
  engine: SetEngine,
  { name, columns, key, load }: ResultTable,
): AsyncGenerator<ResultRow> {
  const names = [...columns.map((column) => column.name), ...(load === undefined ? [] : NEEDS)]
  const told = names.map((one) => `${name}.${one}`)
  const order = [...key, ...names].map((one) => `${name}.${one}`)
  const there = load?.has === undefined ? undefined : alreadyThere(name, load.has)
  const sql = `SELECT ${[...told, ...(there === undefined ? [] : ['there.erp_has'])].join(', ')} FROM ${name} ${there ?? ''} ORDER BY ${order.join(', ')}`
  for await (const rows of engine.batches<Record<string, Cell>>(sql)) yield* rows
}

/** What the ERP has, as JSON of exact texts; of several records that are all meant one, always the same. */
function alreadyThere(table: string, { relation, on, fields }: AlreadyThere): string {
  const keys = Object.keys(on)
  const values = fields.map((field) => `${literal(field)}, ${field}::VARCHAR`)
  const same = Object.entries(on).map(([column, own]) => `there.${column} = ${table}.${own}`)
  return `LEFT JOIN (SELECT ${keys.join(', ')}, min(json_object(${values.join(', ')})::VARCHAR) AS erp_has FROM ${relation} GROUP BY ALL) AS there ON ${same.join(' AND ')}`
}

/** Name of a table as load templates say it. */
export const loadName = ({ name }: ResultTable): string => name.replaceAll('_', '-')

export const tableOf = (matcher: Matcher, rows: string): ResultTable | undefined =>
  matcher.tables.find((table) => loadName(table) === rows)
