import {
  type DecimalText,
  type ExceptionCode,
  type RelationName,
  type SetEngine,
  sumOf,
} from '../../src/canonical/index.js'
import { openDuckDb } from '../../src/match/engine/duckdb.js'
import {
  matcherOf,
  type ResultRow,
  type RuleFinding,
  type RuleOutcome,
  type RuleTotal,
  readRuleFindings,
  readRuleOutcomes,
  readTable,
  readTotals,
  runMatcher,
} from '../../src/match/index.js'
import { insert, type Row } from './three-way/night.js'

/** What a matcher of rules and a declaration says of a night. */
export interface RuleNightMatched {
  readonly findings: readonly RuleFinding[]
  /** Sorted. */
  readonly codes: readonly ExceptionCode[]
  readonly outcomes: readonly RuleOutcome[]
  readonly totals: readonly RuleTotal[]
  /** The only finding of a code. */
  finding(code: ExceptionCode): RuleFinding
  /** Rows of a result table, in its order. */
  table(name: string): readonly ResultRow[]
  /** Number of one outcome. */
  count(label: string): number
}

/** The relations of one night, told row by row, for any matcher of rules and a declaration. */
export class RuleNight {
  readonly rows: (readonly [RelationName, Row])[] = []
  #settings: Readonly<Record<string, unknown>>

  constructor(
    readonly matcher: string,
    settings: Readonly<Record<string, unknown>> = {},
    readonly asOf = '2026-03-11',
  ) {
    this.#settings = settings
  }

  add(relation: RelationName, row: Row): this {
    this.rows.push([relation, { source_file: 7, source_record: this.rows.length + 1, ...row }])
    return this
  }

  with(settings: Readonly<Record<string, unknown>>): this {
    this.#settings = { ...this.#settings, ...settings }
    return this
  }

  async match(rows = this.rows): Promise<RuleNightMatched> {
    const engine = await openDuckDb({ threads: 1 })
    try {
      await insert(engine, rows)
      const matcher = matcherOf(this.matcher)
      await runMatcher(engine, matcher, { asOf: this.asOf, currency: 'USD', settings: this.#settings })
      return await said(engine, this.matcher)
    } finally {
      await engine.close()
    }
  }
}

async function said(engine: SetEngine, name: string): Promise<RuleNightMatched> {
  const findings = await all(readRuleFindings(engine))
  const tables = new Map<string, readonly ResultRow[]>()
  for (const table of matcherOf(name).tables) tables.set(table.name, await all(readTable(engine, table)))
  const outcomes = await readRuleOutcomes(engine)
  const totals = await readTotals(engine)
  for (const total of totals) assertTies(total)
  return {
    findings,
    codes: findings.map(({ code }) => code).sort(),
    outcomes,
    totals,
    finding(code) {
      const [one, ...others] = findings.filter((finding) => finding.code === code)
      if (one === undefined || others.length > 0) throw new Error(`${others.length + 1} findings of ${code}, not one`)
      return one
    },
    table: (table) => tables.get(table) ?? [],
    count: (label) => outcomes.find((outcome) => outcome.label === label)?.count ?? 0,
  }
}

function assertTies({ name, in: taken, ...parts }: RuleTotal): void {
  const { matched, exception, waiting, duplicate, quarantined } = parts
  const sum: DecimalText = sumOf([matched, exception, waiting, duplicate, quarantined])
  if (sum !== taken) throw new Error(`${name}: ${taken} came in, ${sum} accounted for`)
}

async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const rows: T[] = []
  for await (const row of source) rows.push(row)
  return rows
}
