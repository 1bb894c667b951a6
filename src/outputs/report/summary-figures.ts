import { add, type DecimalText, ZERO } from '../../canonical/index.js'
import { wallClock } from './excel-date.js'
import { isOpen } from './exception-order.js'
import type { ExceptionRow } from './report-content.js'

/** What the Summary says of a group of unsettled exceptions. Money in the currency of the totals. */
export interface Figures {
  readonly open: number
  readonly fresh: number
  readonly overdue: number
  readonly dueToday: number
  readonly atRisk: DecimalText
}

export const nothing: Figures = { open: 0, fresh: 0, overdue: 0, dueToday: 0, atRisk: ZERO }

export const addFigures = (a: Figures, b: Figures): Figures => ({
  open: a.open + b.open,
  fresh: a.fresh + b.fresh,
  overdue: a.overdue + b.overdue,
  dueToday: a.dueToday + b.dueToday,
  atRisk: add(a.atRisk, b.atRisk),
})

/** Seen from where: the same wall clock and currency that the formulas use. */
export interface Viewpoint {
  readonly now: Date
  readonly timezone: string
  readonly currency: string
}

const DAY = 86_400_000

/** What one exception adds to its groups. */
export function figuresOf(row: ExceptionRow, { now, timezone, currency }: Viewpoint): Figures {
  if (!isOpen(row)) return nothing
  const due = row.dueAt === null ? undefined : wallClock(row.dueAt, timezone)
  const tomorrow = Math.floor(now.getTime() / DAY + 1) * DAY
  return {
    open: 1,
    fresh: row.status === 'new' ? 1 : 0,
    overdue: due !== undefined && due < now ? 1 : 0,
    dueToday: due !== undefined && due >= now && due.getTime() < tomorrow ? 1 : 0,
    atRisk: row.currency === currency ? row.amountAtRisk : ZERO,
  }
}

/** Figures by a key, exact. Groups without an unsettled exception are not listed. */
export function figuresBy<Key extends string>(
  rows: Iterable<ExceptionRow>,
  keyOf: (row: ExceptionRow) => Key,
  figures: ReadonlyMap<ExceptionRow, Figures>,
): Map<Key, Figures> {
  const groups = new Map<Key, Figures>()
  for (const row of rows) {
    if (!isOpen(row)) continue
    const key = keyOf(row)
    groups.set(key, addFigures(groups.get(key) ?? nothing, figures.get(row) ?? nothing))
  }
  return groups
}
