import { literal, type SetEngine } from '../../canonical/index.js'
import unitWays from '../unit-ways.sql'
import units from '../units.sql'
import words from '../words.sql'
import facts from './facts.sql'
import items from './items.sql'
import names from './names.sql'
import suggestion from './suggestion.sql'
import unitSizes from './units.sql'

type Text = string | number | null

/** An identifier that led nowhere; `asked` numbers it. */
export interface AskedIdentifier {
  readonly kind: string
  readonly partner: string
  readonly type: string
  readonly identifier: string
  readonly key: string
  readonly company: string
  /** Of a unit: the item that it is a unit of. */
  readonly item: string
}

/** An exception about one, with the keys by which its document or record is found. */
export interface AskedException {
  /** Place in the list of identifiers. */
  readonly asked: number
  readonly exception: number
  readonly document: string | null
  readonly sequence: number | null
  readonly company: string | null
  readonly po: string | null
  readonly release: string | null
  readonly identifier: string
  /** Partner, vendor number or system that the exception names. */
  readonly seller: string | null
}

/** What people said of a number before, and how it ended. */
export interface SaidBefore {
  readonly kind: string
  readonly key: string
  readonly partner: string
  readonly target: string
  readonly reference: string
  readonly state: 'withdrawn' | 'ended' | 'standing'
  readonly by: string
  readonly effective_to: string | null
}

export interface SuggestedLink {
  readonly asked: number
  /** Of a unit: how many of which other one, '12 EA'. */
  readonly target: string
  readonly confidence: number
  readonly speaksFor: readonly string[]
  readonly speaksAgainst: readonly string[]
}

/**
 * Looks in the relations of a job, all of which are in the engine, for what each identifier may be, and of which size a unit: at most three
 * a piece, the surest first. Nothing is decided by it.
 * @param asOf business day, yyyy-MM-dd, by which cross-references of units are in force
 */
export async function suggestLinks(
  engine: SetEngine,
  asked: readonly AskedIdentifier[],
  exceptions: readonly AskedException[],
  before: readonly SaidBefore[],
  asOf: string,
): Promise<SuggestedLink[]> {
  await engine.run(`CREATE TABLE night AS SELECT ${literal(asOf)}::DATE AS as_of`)
  await engine.run(words)
  await engine.run(unitWays)
  await engine.run(units)
  await table(
    engine,
    'asked',
    askedColumns,
    asked.map((one, n) => ({ asked: n, ...one })),
  )
  await table(engine, 'asked_exception', exceptionColumns, exceptions)
  await table(engine, 'said_before', beforeColumns, before)
  for (const sql of [facts, items, names, unitSizes, suggestion]) await engine.run(sql)
  const rows = await engine.rows<{
    asked: number
    target: string
    confidence: number
    speaks_for: string
    speaks_against: string
  }>(
    'SELECT asked, target, confidence, to_json(speaks_for)::VARCHAR AS speaks_for, to_json(speaks_against)::VARCHAR AS speaks_against FROM suggestion ORDER BY asked, confidence DESC, target',
  )
  return rows.map(({ speaks_for, speaks_against, ...same }) => ({
    ...same,
    speaksFor: JSON.parse(speaks_for),
    speaksAgainst: JSON.parse(speaks_against),
  }))
}

const askedColumns = {
  asked: 'INTEGER',
  kind: 'VARCHAR',
  partner: 'VARCHAR',
  type: 'VARCHAR',
  identifier: 'VARCHAR',
  key: 'VARCHAR',
  company: 'VARCHAR',
  item: 'VARCHAR',
} as const
const exceptionColumns = {
  asked: 'INTEGER',
  exception: 'BIGINT',
  document: 'VARCHAR',
  sequence: 'INTEGER',
  company: 'VARCHAR',
  po: 'VARCHAR',
  release: 'VARCHAR',
  identifier: 'VARCHAR',
  seller: 'VARCHAR',
} as const
const beforeColumns = {
  kind: 'VARCHAR',
  key: 'VARCHAR',
  partner: 'VARCHAR',
  target: 'VARCHAR',
  reference: 'VARCHAR',
  state: 'VARCHAR',
  by: 'VARCHAR',
  effective_to: 'VARCHAR',
} as const

const BATCH = 500

async function table<Name extends string>(
  engine: SetEngine,
  name: string,
  columns: Readonly<Record<Name, string>>,
  rows: readonly Readonly<Record<Name, Text>>[],
): Promise<void> {
  const names = Object.keys(columns) as Name[]
  await engine.run(`CREATE TABLE ${name} (${names.map((column) => `"${column}" ${columns[column]}`).join(', ')})`)
  for (let from = 0; from < rows.length; from += BATCH) {
    const values = rows
      .slice(from, from + BATCH)
      .map((row) => `(${names.map((column) => valueSql(row[column])).join(', ')})`)
    await engine.run(`INSERT INTO ${name} VALUES ${values.join(', ')}`)
  }
}

const valueSql = (value: Text): string =>
  value === null ? 'NULL' : typeof value === 'number' ? String(value) : literal(value)
