import { type SetEngine, sayFieldTolerance } from '../../canonical/index.js'
import type { Reconciliation, SideName } from './reconciliation.js'

/** What became of the rows of a side: rows = the sum of all the others. */
export interface SideCounts {
  readonly rows: number
  /** On both sides, and every compared field says the same. */
  readonly same: number
  /** On both sides, and what differs is within its tolerance. */
  readonly within: number
  readonly changed: number
  readonly only: number
  /** With a key that stands more than once on either side. */
  readonly doubled: number
  /** Not in force on the day asked for. */
  readonly outside: number
  /** Whether they are in force cannot be read. */
  readonly undated: number
}

export interface FieldCounts {
  readonly field: string
  readonly tolerance: string
  readonly same: number
  readonly within: number
  readonly differs: number
}

export interface Counts {
  readonly left: SideCounts
  readonly right: SideCounts
  /** By key. */
  readonly keys: Readonly<Record<OutcomeRow['outcome'] | 'doubled', number>>
  /** Over the keys that stand once on both sides. */
  readonly fields: readonly FieldCounts[]
}

interface OutcomeRow {
  readonly outcome: 'same' | 'within' | 'changed' | 'only-left' | 'only-right'
  readonly keys: number
  readonly left: number
  readonly right: number
}

/** Rows are counted where they came in, and again where they ended. */
export async function countSides(engine: SetEngine, { fields }: Reconciliation, alike: number): Promise<Counts> {
  const outcomes = await engine.rows<OutcomeRow>(`
    SELECT outcome, count(*) AS keys, coalesce(sum(left_rows), 0)::BIGINT AS left, coalesce(sum(right_rows), 0)::BIGINT AS right
    FROM reconcile_pair GROUP BY outcome ORDER BY outcome`)
  const of = (outcome: OutcomeRow['outcome'], what: 'keys' | SideName): number =>
    outcomes.find((row) => row.outcome === outcome)?.[what] ?? 0
  const [doubled] = await engine.rows<{ keys: number; left: number; right: number }>(`
    SELECT count(*) AS keys, coalesce(sum(left_rows), 0)::BIGINT AS left, coalesce(sum(right_rows), 0)::BIGINT AS right FROM reconcile_doubled`)
  const side = async (name: SideName): Promise<SideCounts> => {
    const [all] = await engine.rows<{ rows: number; outside: number; undated: number }>(`
      SELECT coalesce(sum(row_count), 0)::BIGINT AS rows, coalesce(sum(row_count) FILTER (state = 'outside'), 0)::BIGINT AS outside,
        coalesce(sum(row_count) FILTER (state = 'undated'), 0)::BIGINT AS undated FROM reconcile_${name}`)
    return {
      rows: alike + (all?.rows ?? 0),
      same: alike + of('same', name),
      within: of('within', name),
      changed: of('changed', name),
      only: of(`only-${name}`, name),
      doubled: doubled?.[name] ?? 0,
      outside: all?.outside ?? 0,
      undated: all?.undated ?? 0,
    }
  }
  const both = alike + of('same', 'keys') + of('within', 'keys') + of('changed', 'keys')
  const [verdicts = {}] = await engine.rows<Record<string, number>>(`
    SELECT 0 AS none${fields.map((_, n) => `, count(*) FILTER (v${n + 1} = 'within') AS within${n + 1}, count(*) FILTER (v${n + 1} = 'differs') AS differs${n + 1}`).join('')}
    FROM reconcile_pair WHERE left_rows IS NOT NULL AND right_rows IS NOT NULL`)
  return {
    left: await side('left'),
    right: await side('right'),
    keys: {
      same: alike + of('same', 'keys'),
      within: of('within', 'keys'),
      changed: of('changed', 'keys'),
      'only-left': of('only-left', 'keys'),
      'only-right': of('only-right', 'keys'),
      doubled: doubled?.keys ?? 0,
    },
    fields: fields.map(({ name, tolerance }, index) => {
      const [within, differs] = [verdicts[`within${index + 1}`] ?? 0, verdicts[`differs${index + 1}`] ?? 0]
      return { field: name, tolerance: sayFieldTolerance(tolerance), same: both - within - differs, within, differs }
    }),
  }
}
