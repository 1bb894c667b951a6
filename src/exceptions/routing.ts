import type { ExceptionCode } from '../canonical/index.js'
import { type CatalogueEntry, catalogue, type Severity } from './catalogue.js'
import { dueAt, type WorkingTime } from './due.js'

/** Who answers for an exception that is overdue for so long. */
export interface EscalationStep {
  /** Hours after the due time, counted in the calendar of the queue. */
  readonly afterHours: number
  readonly to: string
}

/** What the workspace says about queues: overrides by code, calendars by queue. */
export interface Routing {
  readonly timezone: string
  readonly overrides: Readonly<
    Record<string, { readonly queue?: string | undefined; readonly slaHours?: number | undefined }>
  >
  readonly workingTime: Readonly<Record<string, WorkingTime>>
  /** By queue: who answers for what is overdue. */
  readonly escalations?: Readonly<Record<string, readonly EscalationStep[]>>
}

export interface Route {
  readonly queue: string
  readonly severity: Severity
  readonly dueAt: string | null
}

/** Owner queue, urgency and due time of a code first seen at `since`. */
export function route(code: ExceptionCode, since: string, routing: Routing): Route {
  const entry: CatalogueEntry = catalogue[code]
  const override = routing.overrides[code]
  const queue = override?.queue ?? entry.queue
  const hours = override?.slaHours ?? entry.slaHours
  const due = hours === null ? null : dueAt(since, hours, routing.timezone, routing.workingTime[queue])
  return { queue, severity: entry.severity, dueAt: due }
}

/**
 * The same for many: nearly all of a night are first seen at one instant, and counting its working time takes longer than all else that is
 * done with an exception.
 */
export function routes(routing: Routing): (code: ExceptionCode, since: string) => Route {
  const known = new Map<string, Route>()
  return (code, since) => {
    const key = `${code} ${since}`
    const found = known.get(key) ?? route(code, since, routing)
    known.set(key, found)
    return found
  }
}

/** All queues the catalogue routes to. */
export const defaultQueues: readonly string[] = [...new Set(Object.values(catalogue).map(({ queue }) => queue))].sort()
