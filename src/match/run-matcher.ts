import { createRelations, literal, type SetEngine } from '../canonical/index.js'
import type { Matcher } from './matcher.js'
import output from './output.sql'
import tolerance from './tolerance.sql'
import unitWays from './unit-ways.sql'
import words from './words.sql'

export interface MatchedNight {
  /** The business day, yyyy-MM-dd. */
  readonly asOf: string
  /** ISO 4217, of amounts that name none. */
  readonly currency: string
  /** As the job sets them; `receipt-grace-days` is the column `receipt_grace_days` of `night`. */
  readonly settings: Readonly<Record<string, unknown>>
}

/**
 * Runs a matcher's rules over the relations in the engine (a missing one counts as empty).
 * @param watch told of each rule as it is done, with its milliseconds
 * @throws Error naming the SQL, for a defect in a rule; bad data is always a finding
 */
export async function runMatcher(
  engine: SetEngine,
  matcher: Matcher,
  night: MatchedNight,
  watch?: (rule: string, milliseconds: number) => void,
): Promise<void> {
  await engine.run(createRelations())
  await engine.run(`CREATE TABLE night AS SELECT ${nightColumns(night).join(', ')}`)
  const rules = [
    { name: 'words', sql: words },
    { name: 'unit ways', sql: unitWays },
    { name: 'tolerance', sql: tolerance },
    { name: 'output', sql: output },
    ...matcher.rules,
  ]
  for (const { name, sql } of rules) {
    const from = performance.now()
    await engine.run(sql)
    watch?.(name, performance.now() - from)
  }
}

const nightColumns = ({ asOf, currency, settings }: MatchedNight): string[] => [
  `${literal(asOf)}::DATE AS as_of`,
  `${literal(currency)} AS currency`,
  ...Object.entries(settings).map(([name, value]) => `${sqlValue(value)} AS ${name.replaceAll('-', '_')}`),
]

/** Whole numbers, yes and no, text; a list of texts; a map of texts; a list of anything else as JSON. */
function sqlValue(value: unknown): string {
  if (Array.isArray(value) && value.some((one) => typeof one === 'object')) return literal(JSON.stringify(value))
  if (Array.isArray(value)) return `[${value.map(sqlValue).join(', ')}]::VARCHAR[]`
  if (typeof value === 'boolean') return String(value)
  if (Number.isSafeInteger(value)) return `${value}::INTEGER`
  if (typeof value === 'string') return literal(value)
  if (value === undefined) return 'NULL'
  if (typeof value === 'object' && value !== null)
    return `MAP {${Object.entries(value)
      .map(([key, one]) => `${literal(key)}: ${sqlValue(one)}`)
      .join(', ')}}`
  throw new RangeError(`a setting of a matcher is a whole number, text, or yes and no, not ${JSON.stringify(value)}`)
}
