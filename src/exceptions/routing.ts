import type { ExceptionCode, Finding } from '../canonical/index.js'
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
    Record<
      string,
      {
        readonly queue?: string | undefined
        readonly slaHours?: number | undefined
        /** Of an acknowledgment: its status (ACK01, or BAK02 of a whole order), and the queue it goes to. */
        readonly statuses?: Readonly<Record<string, string>>
      }
    >
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

/** Owner queue, urgency and due time of a code first seen at `since`; `status` is that of the acknowledgment it was raised on. */
export function route(code: ExceptionCode, since: string, routing: Routing, status?: string): Route {
  const entry: CatalogueEntry = catalogue[code]
  const override = routing.overrides[code]
  const queue = (status === undefined ? undefined : override?.statuses?.[status]) ?? override?.queue ?? entry.queue
  const hours = override?.slaHours ?? entry.slaHours
  const due = hours === null ? null : dueAt(since, hours, routing.timezone, routing.workingTime[queue])
  return { queue, severity: entry.severity, dueAt: due }
}

/**
 * The same for many: nearly all of a night are first seen at one instant, and counting its working time takes longer than all else that is
 * done with an exception.
 */
export function routes(routing: Routing): (finding: Pick<Finding, 'code' | 'evidence'>, since: string) => Route {
  const known = new Map<string, Route>()
  return ({ code, evidence }, since) => {
    const status = routing.overrides[code]?.statuses && evidence.find(({ field }) => saysStatus.has(field ?? ''))?.value
    const key = `${code} ${since} ${status ?? ''}`
    const found = known.get(key) ?? route(code, since, routing, status ?? undefined)
    known.set(key, found)
    return found
  }
}

/** Elements of an 855 that say what becomes of a line, or of the whole order. */
const saysStatus: ReadonlySet<string> = new Set(['ACK01', 'BAK02'])

/** All queues the catalogue routes to. */
export const defaultQueues: readonly string[] = [...new Set(Object.values(catalogue).map(({ queue }) => queue))].sort()
