import type { SetEngine } from '../canonical/index.js'
import type { ExtractColumn, TextContract } from '../config/extract-contract.js'
import { dropStage, stageDelimited } from '../formats/delimited/index.js'
import type { ColumnDrift } from './column-drift.js'
import { columnFacts } from './infer/column-facts.js'
import { likeness, wordsOf } from './infer/name-words.js'
import { sensitivityOf } from './infer/personal-columns.js'
import { type Layout, readLayout, trailerFields } from './layout.js'
import { summedColumns } from './trailer-sums.js'

/** What would make a contract fit the file seen, in the order in which it is to be done. */
export type ContractChange =
  | { readonly kind: 'rename'; readonly column: string; readonly to: string }
  | { readonly kind: 'add'; readonly column: Partial<ExtractColumn> & { readonly name: string } }
  | { readonly kind: 'optional'; readonly column: string }
  | { readonly kind: 'rewrite'; readonly column: string; readonly settings: Partial<ExtractColumn> }

export interface ProposedChange {
  readonly changes: readonly ContractChange[]
  /** Drifts for which nothing can be proposed, each with the reason. */
  readonly open: readonly string[]
}

const TABLE = 'drifted'
/** Names less alike than this are no renaming. */
const ALIKE = 0.5

/** Proposes what a person could agree to: a renamed column, a new one, one that is gone, one that is written otherwise. */
export async function proposeChange(
  engine: SetEngine,
  contract: TextContract,
  path: string,
  drift: readonly ColumnDrift[],
): Promise<ProposedChange> {
  const of = (kind: ColumnDrift['kind']) => drift.filter((one) => one.kind === kind).map(({ column }) => column)
  const layout = await readLayout(engine, contract, path)
  const left = [...of('new')]
  const changes: ContractChange[] = []
  const open: string[] = []
  for (const column of of('missing')) {
    const to = alike(column, left) ?? inItsPlace(column, left, contract, layout)
    if (to !== undefined) {
      left.splice(left.indexOf(to), 1)
      changes.push({ kind: 'rename', column, to })
    } else if (isNeeded(contract, column)) open.push(`${column} is gone, and the contract cannot do without it`)
    else changes.push({ kind: 'optional', column })
  }
  for (const name of left) {
    const sensitivity = sensitivityOf(name, { identities: 0, filled: 0 })?.sensitivity
    // Nothing is made of it, so nothing is lost when it goes again.
    changes.push({
      kind: 'add',
      column: { name, kind: 'text', optional: true, ...(sensitivity === undefined ? {} : { sensitivity }) },
    })
  }
  for (const column of of('retyped')) {
    const settings = await rewritten(engine, contract, layout, path, column)
    if (settings === undefined) open.push(`${column} is written in no one way that could be proposed`)
    else changes.push({ kind: 'rewrite', column, settings })
  }
  return { changes, open }
}

/** The new column that is called most like it. */
function alike(column: string, unknown: readonly string[]): string | undefined {
  const words = wordsOf(column)
  const [best] = unknown
    .map((name) => ({ name, alike: Math.max(likeness(words, wordsOf(name)), holds(column, name) ? ALIKE : 0) }))
    .filter(({ alike }) => alike >= ALIKE)
    .sort((a, b) => b.alike - a.alike)
  return best?.name
}

/** The new column that stands where it stood: right behind the one that is before it in the contract. */
function inItsPlace(
  column: string,
  unknown: readonly string[],
  { columns }: TextContract,
  { binding: { positions, width, unknown: all } }: Layout,
): string | undefined {
  const taken = new Set(positions.values())
  const free = Array.from({ length: width }, (_, n) => n + 1).filter((position) => !taken.has(position))
  const before = columns
    .slice(
      0,
      columns.findIndex(({ name }) => name === column),
    )
    .findLast(({ name }) => positions.has(name))?.name
  const place = (before === undefined ? 0 : (positions.get(before) ?? 0)) + 1
  const there = all[free.indexOf(place)]
  return there !== undefined && unknown.includes(there) ? there : undefined
}

const holds = (a: string, b: string): boolean =>
  a.length >= 3 &&
  b.length >= 3 &&
  (a.toLowerCase().includes(b.toLowerCase()) || b.toLowerCase().includes(a.toLowerCase()))

/** Without it no record could be read: a key, a value that must be there, a total. */
function isNeeded({ columns, projections, format }: TextContract, name: string): boolean {
  const column = columns.find((one) => one.name === name)
  const summed = summedColumns({ format }).includes(name)
  // Taken out of the projections an optional column leaves its field empty, which a required one may not be.
  return (
    column?.required === true ||
    summed ||
    JSON.stringify(projections.map(({ key, map }) => key.map((one) => map[one]))).includes(JSON.stringify(name))
  )
}

async function rewritten(
  engine: SetEngine,
  contract: TextContract,
  layout: Layout,
  path: string,
  name: string,
): Promise<Partial<ExtractColumn> | undefined> {
  const position = layout.binding.positions.get(name)
  const column = contract.columns.find((one) => one.name === name)
  if (position === undefined || column === undefined) return undefined
  const staged = await stageDelimited(engine, {
    ...layout,
    path,
    columns: layout.binding.width,
    table: TABLE,
    isTrailer: (text) => trailerFields(contract, layout, text) !== undefined,
  })
  try {
    const { date, number } = await columnFacts(engine, staged.source, position)
    if (column.kind === 'date' && date !== undefined)
      return { formats: [...new Set([...(column.formats ?? []), ...date.formats])] }
    if ((column.kind === 'decimal' || column.kind === 'integer') && number !== undefined) {
      const { kind: _, ...settings } = number
      return settings
    }
    return undefined
  } finally {
    await dropStage(engine, TABLE)
  }
}
