import { atRisk, compare } from '../../canonical/index.js'
import type { BacklogTotals, RiskBy } from '../../outputs/dashboard/index.js'
import type { StoredException } from '../../state/index.js'
import { grouped } from '../suppliers/grouped.js'

/** `now` an instant; due today: later on the same day of the zone. */
export interface Today {
  readonly now: string
  readonly dayOf: (instant: string) => string
}

export const today = (now: string, timezone: string): Today => {
  const days = new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short' })
  return { now, dayOf: (instant) => days.format(new Date(instant)) }
}

export const isOverdue = ({ dueAt }: StoredException, { now }: Today): boolean =>
  dueAt !== null && Date.parse(dueAt) < Date.parse(now)

export function backlogTotals(open: readonly StoredException[], day: Today, currency: string): BacklogTotals {
  const thisDay = day.dayOf(day.now)
  const dueToday = open.filter((one) => one.dueAt !== null && !isOverdue(one, day) && day.dayOf(one.dueAt) === thisDay)
  return {
    open: open.length,
    critical: open.filter(({ severity }) => severity === 'critical').length,
    overdue: open.filter((one) => isOverdue(one, day)).length,
    dueToday: dueToday.length,
    ...atRisk(open, currency),
  }
}

/** The names with most money at risk. */
export function riskBy(
  by: RiskBy['by'],
  open: readonly StoredException[],
  nameOf: (exception: StoredException) => string,
  most: number,
  currency: string,
): RiskBy {
  const rows = [...grouped(open, nameOf)]
    .map(([name, some]) => ({
      name,
      open: some.length,
      ...atRisk(some, currency),
    }))
    .sort((a, b) => compare(b.amountAtRisk, a.amountAtRisk) || b.open - a.open || (a.name < b.name ? -1 : 1))
  return { by, rows: rows.slice(0, most), total: rows.length }
}
