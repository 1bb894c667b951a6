import {
  exactly,
  type FieldTolerance,
  literal,
  parseFieldTolerance,
  type SetEngine,
} from '../../../src/canonical/index.js'
import {
  type Counts,
  type Difference,
  differenceKinds,
  type Reconciliation,
  readDifferences,
  reconcile,
} from '../../../src/match/reconcile/index.js'

/** A price list row: item, price, description, effective day. Empty cells are null. */
export type Row = readonly (string | null)[]

export const columns = ['item', 'price', 'text', 'day'] as const

export interface Outcome {
  readonly counts: Counts
  readonly differences: readonly Difference[]
}

export const tolerance = (written: string): FieldTolerance => {
  const read = parseFieldTolerance(written)
  if (read === undefined) throw new RangeError(`no tolerance: ${written}`)
  return read
}

/** Two price lists by item; price, text and day are compared. */
export function priceLists(
  tolerances: Partial<Record<(typeof columns)[number], string>> = {},
  change: Partial<Reconciliation> = {},
): Reconciliation {
  const side = (from: string, file: number) => ({ from, file: String(file), record: 'record', grouped: false })
  const written = (name: (typeof columns)[number]): FieldTolerance =>
    tolerances[name] === undefined ? exactly : tolerance(tolerances[name])
  const item = written('item')
  return {
    left: side('a', 0),
    right: side('b', 1),
    keys: [{ name: 'item', left: 'item', right: 'item', ignoring: item.kind === 'text' ? item.ignoring : [] }],
    fields: columns
      .filter((name) => name !== 'item')
      .map((name) => ({ name, left: name, right: name, tolerance: written(name), sum: false })),
    ...change,
  }
}

export async function bind(engine: SetEngine, name: 'a' | 'b', rows: readonly Row[]): Promise<void> {
  const cell = (value: string | null | undefined) => (value === null || value === undefined ? 'NULL' : literal(value))
  await engine.run(
    `CREATE OR REPLACE TABLE ${name} (record BIGINT, ${columns.map((column) => `${column} VARCHAR`).join(', ')})`,
  )
  if (rows.length === 0) return
  const values = rows.map((row, n) => `(${[n + 1, ...columns.map((_, c) => cell(row[c]))].join(', ')})`)
  await engine.run(`INSERT INTO ${name} VALUES ${values.join(', ')}`)
}

export async function compared(
  engine: SetEngine,
  a: readonly Row[],
  b: readonly Row[],
  how: Reconciliation = priceLists(),
): Promise<Outcome> {
  await bind(engine, 'a', a)
  await bind(engine, 'b', b)
  const counts = await reconcile(engine, how)
  return { counts, differences: await allDifferences(engine, how) }
}

export async function allDifferences(engine: SetEngine, how: Reconciliation): Promise<Difference[]> {
  const differences: Difference[] = []
  for (const kind of differenceKinds)
    for await (const difference of readDifferences(engine, how, kind)) differences.push(difference)
  return differences
}
