import { dueAt as hoursAfter } from './due.js'
import { type MatchException, unsettled } from './exception.js'
import type { Routing } from './routing.js'

/** How far an overdue exception has come. `level` counts the steps from 1; `since` is the ISO instant of the step. */
export interface Escalation {
  readonly level: number
  readonly to: string
  readonly since: string
}

/** The last step reached at `now`; null while it is in time, settled, or its queue has no steps. */
export function escalationOf(
  { status, queue, dueAt }: Pick<MatchException, 'status' | 'queue' | 'dueAt'>,
  now: string,
  { timezone, workingTime, escalations = {} }: Routing,
): Escalation | null {
  const steps = escalations[queue] ?? []
  if (dueAt === null || !unsettled.includes(status)) return null
  const reached = [...steps]
    .sort((a, b) => a.afterHours - b.afterHours)
    .map(({ afterHours, to }, n) => ({
      level: n + 1,
      to,
      since: afterHours === 0 ? dueAt : hoursAfter(dueAt, afterHours, timezone, workingTime[queue]),
    }))
    .filter(({ since }) => Date.parse(since) <= Date.parse(now))
  return reached.at(-1) ?? null
}
