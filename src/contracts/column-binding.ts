import { literal, type SetEngine } from '../canonical/index.js'
import type { TextContract } from '../config/extract-contract.js'

/** Where the contract's columns stand in the file. */
export interface ColumnBinding {
  /** Contract column: position in the file, 1-based. Optional columns that are absent are left out. */
  readonly positions: ReadonlyMap<string, number>
  /** How many values a record has. */
  readonly width: number
  /** Columns of the contract that the file must have and has not; why. */
  readonly missing: ReadonlyMap<string, string>
  /** Columns of the file that the contract does not know. */
  readonly unknown: readonly string[]
}

/** With a header the names bind, in any order; upper and lower case, spaces around and a delimiter at the end do not matter. */
export async function bindByName(
  engine: SetEngine,
  contract: TextContract,
  header: readonly string[],
): Promise<ColumnBinding> {
  const names = header.map((name) => name.trim())
  while (names.length > 1 && names.at(-1) === '') names.pop()
  const folded = names.map((name) => name.toLowerCase())
  const unknown = names.filter((name) => !contract.columns.some((column) => same(column.name, name)))
  const positions = new Map<string, number>()
  const missing = new Map<string, string>()
  for (const { name, optional } of contract.columns) {
    const position = folded.indexOf(name.toLowerCase())
    if (position >= 0 && folded.indexOf(name.toLowerCase(), position + 1) >= 0)
      missing.set(name, `${name} stands twice in the header, and nothing tells which is meant`)
    else if (position >= 0) positions.set(name, position + 1)
    else if (!optional) missing.set(name, `there is no column ${name}${await nearest(engine, name, unknown)}`)
  }
  return { positions, width: names.length, missing, unknown: unknown.map((name) => name || '(no name)') }
}

/** The unknown column that was probably meant. */
async function nearest(engine: SetEngine, name: string, unknown: readonly string[]): Promise<string> {
  const candidates = unknown.filter((column) => /^[ -~]+$/.test(column))
  if (candidates.length === 0) return ''
  const [best] = await engine.rows<{ candidate: string }>(`
    SELECT candidate FROM (VALUES ${candidates.map((column) => `(${literal(column)})`).join(', ')}) AS column_of_file(candidate)
    WHERE jaro_winkler_similarity(lower(candidate), lower(${literal(name)})) >= 0.75
    ORDER BY jaro_winkler_similarity(lower(candidate), lower(${literal(name)})) DESC, candidate LIMIT 1`)
  return best === undefined ? '' : `; was ${best.candidate} meant?`
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/**
 * Without a header the order binds. Where one of the first records has a number of values that fits the contract, the others are
 * wrong records; where none has, the layout has changed: fewer values lack the last columns, more bring new ones.
 */
export function bindByOrder(contract: TextContract, firstRecords: readonly (readonly string[])[]): ColumnBinding {
  const { columns } = contract
  const least = columns.findLastIndex(({ optional }) => !optional) + 1
  const widths = new Map<number, number>()
  for (const record of firstRecords) {
    const width = record.slice(columns.length).every((value) => value === '')
      ? Math.min(record.length, columns.length)
      : record.length
    widths.set(width, (widths.get(width) ?? 0) + 1)
  }
  const byFrequency = [...widths].sort((a, b) => b[1] - a[1] || b[0] - a[0]).map(([width]) => width)
  const fitting = byFrequency.find((width) => width >= least && width <= columns.length)
  const width = fitting ?? byFrequency[0] ?? columns.length
  return {
    positions: new Map(columns.slice(0, width).map(({ name }, index) => [name, index + 1])),
    width,
    missing: new Map(
      columns
        .slice(width)
        .filter(({ optional }) => !optional)
        .map(({ name }) => [
          name,
          `there is no column ${name}: records have ${width} values instead of ${columns.length}`,
        ]),
    ),
    unknown: Array.from({ length: Math.max(0, width - columns.length) }, (_, n) => `column ${columns.length + n + 1}`),
  }
}

/** At fixed places every column is where the contract says; whether it is there at all shows in its values. */
export const bindByPlace = ({ columns }: TextContract): ColumnBinding => ({
  positions: new Map(columns.map(({ name }, index) => [name, index + 1])),
  width: columns.length,
  missing: new Map(),
  unknown: [],
})
