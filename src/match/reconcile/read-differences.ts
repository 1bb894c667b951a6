import { decimal, type SetEngine, sayFieldTolerance } from '../../canonical/index.js'
import { numbered, type Reconciliation, type SideName } from './reconciliation.js'

/** In the order in which they are told. */
export const differenceKinds = ['changed', 'only-left', 'only-right', 'doubled', 'undated'] as const
export type DifferenceKind = (typeof differenceKinds)[number]

/** Where the rows of a difference stand on a side. */
export interface RowPlace {
  /** Index of the file: source_file. */
  readonly file: number | null
  /** Data records, 1-based; the first ten. */
  readonly records: readonly number[]
  readonly rows: number
}

export interface FieldDifference {
  readonly field: string
  readonly left: string | null
  readonly right: string | null
  /** Right less left, exactly: a number, or days. Null for texts, and where one of the two cannot be read as the tolerance wants. */
  readonly distance: string | null
  readonly tolerance: string
  readonly verdict: 'within' | 'differs'
}

export interface Difference {
  readonly kind: DifferenceKind
  readonly keys: Readonly<Record<string, string | null>>
  /** Of a change only: what is not the same. */
  readonly fields: readonly FieldDifference[]
  readonly left: RowPlace | null
  readonly right: RowPlace | null
}

type Row = Readonly<Record<string, string | number | null>> & {
  readonly left_records: readonly number[] | null
  readonly right_records: readonly number[] | null
}

/** The differences of one kind, by key; at most `limit` where it is given. */
export async function* readDifferences(
  engine: SetEngine,
  reconciliation: Reconciliation,
  kind: DifferenceKind,
  limit?: number,
): AsyncGenerator<Difference> {
  const ks = numbered(reconciliation.keys, (n) => `k${n}`)
  const order = [...ks, 'left_records', 'right_records'].join(', ')
  const sql = `${rowsOf(kind, ks)} ORDER BY ${order}${limit === undefined ? '' : ` LIMIT ${limit}`}`
  for await (const rows of engine.batches<Row>(sql)) for (const row of rows) yield difference(row, kind, reconciliation)
}

function rowsOf(kind: DifferenceKind, ks: readonly string[]): string {
  if (kind === 'doubled') return 'SELECT * FROM reconcile_doubled'
  if (kind !== 'undated') return `SELECT * FROM reconcile_pair WHERE outcome = '${kind}'`
  const of = (side: SideName): string => {
    const place = ['file', 'records', 'rows'].map((name) => ({ name, column: name === 'rows' ? 'row_count' : name }))
    const columns = (['left', 'right'] as const).flatMap((each) =>
      place.map(({ name, column }) => `${each === side ? column : 'NULL'} AS ${each}_${name}`),
    )
    return `SELECT ${[...ks, ...columns].join(', ')} FROM reconcile_${side} WHERE state = 'undated'`
  }
  return `SELECT * FROM (${of('left')} UNION ALL ${of('right')})`
}

function difference(row: Row, kind: DifferenceKind, { keys, fields }: Reconciliation): Difference {
  const text = (column: string): string | null => {
    const value = row[column] ?? null
    return value === null ? null : String(value)
  }
  const place = (side: SideName): RowPlace | null => {
    const rows = Number(row[`${side}_rows`] ?? 0)
    if (rows === 0) return null
    const file = row[`${side}_file`] ?? null
    return { file: file === null ? null : Number(file), records: row[`${side}_records`] ?? [], rows }
  }
  return {
    kind,
    keys: Object.fromEntries(keys.map(({ name }, n) => [name, text(`k${n + 1}`)])),
    fields:
      kind !== 'changed'
        ? []
        : fields.flatMap(({ name, tolerance }, index) => {
            const n = index + 1
            const verdict = row[`v${n}`]
            if (verdict !== 'within' && verdict !== 'differs') return []
            return {
              field: name,
              left: text(`l${n}`),
              right: text(`r${n}`),
              distance: plain(text(`d${n}`)),
              tolerance: sayFieldTolerance(tolerance),
              verdict,
            }
          }),
    left: place('left'),
    right: place('right'),
  }
}

const plain = (distance: string | null): string | null => (distance === null ? null : decimal(distance))
