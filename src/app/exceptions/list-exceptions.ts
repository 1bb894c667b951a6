import { type AtRisk, atRisk, compare, type DecimalText } from '../../canonical/index.js'
import { MatchbookError } from '../../errors/index.js'
import {
  catalogue,
  clusterOf,
  type Escalation,
  type ExceptionStatus,
  escalationOf,
  type Routing,
  unsettled,
} from '../../exceptions/index.js'
import {
  type ExceptionFilter,
  exceptionEvents,
  findException,
  listExceptions as fromStore,
  type StoredException,
  tombstoneOf,
} from '../../state/index.js'
import { purgedWords } from '../files/purged-words.js'
import type { Reading } from '../reading.js'
import { refuseUnknownNames } from './known-names.js'
import { type MatchedLine, matchedLine } from './matched-line.js'
import { routingOf } from './routing.js'

/** An exception as --json shows it; the shape is part of the published surface. */
export interface ExceptionListing {
  readonly id: string
  readonly code: string
  readonly queue: string
  readonly severity: string
  readonly status: ExceptionStatus
  readonly fingerprint: string
  readonly keys: StoredException['keys']
  readonly message: string
  readonly amountAtRisk: { readonly amount: DecimalText; readonly currency: string }
  readonly firstSeen: string
  readonly lastSeen: string
  readonly dueAt: string | null
  readonly values: StoredException['values']
  readonly tolerance: StoredException['tolerance']
  readonly evidence: StoredException['evidence']
  /** Cause it shares with others, by the id of the cluster. */
  readonly cluster: string | null
  readonly decision: StoredException['decision']
  readonly assignee: string | null
  readonly note: string | null
  /** Who answers for it because it is overdue. */
  readonly escalation: Escalation | null
}

export interface ExceptionList extends AtRisk {
  readonly exceptions: readonly ExceptionListing[]
  readonly total: number
  /** Zone of the workspace, for people; instants are UTC. */
  readonly timezone: string
  /** Of the workspace. */
  readonly currency: string
}

export type ExceptionQuery = Omit<ExceptionFilter, 'statuses'> & { readonly all?: boolean }

/** Most money first. Settled ones only when asked for. @throws USAGE: what it is narrowed to is unknown */
export async function listExceptions(reading: Reading, query: ExceptionQuery): Promise<ExceptionList> {
  const { state, workspace, now } = reading
  const { all, ...filter } = query
  const found = await fromStore(state.database, all === true ? filter : { ...filter, statuses: unsettled })
  if (found.length === 0) refuseUnknownNames(reading, filter)
  const exceptions = found.sort(byMoney).map((one) => exceptionListing(one, now(), routingOf(workspace)))
  return {
    exceptions,
    total: exceptions.length,
    timezone: workspace.settings.timezone,
    currency: workspace.settings.currency,
    ...atRisk(found, workspace.settings.currency),
  }
}

export interface ExceptionDetail extends ExceptionListing {
  /** How the invoice line was matched that it is about; null where it is about none. */
  readonly matched: MatchedLine | null
  readonly decisions: readonly string[]
  readonly history: readonly {
    readonly at: string
    readonly run: string | null
    readonly status: string
    readonly amount: string
    /** The person; null where a run did it. */
    readonly actor: string | null
    readonly said: string | null
  }[]
}

/** @throws EXCEPTION-UNKNOWN */
export async function showException({ state, workspace, now }: Reading, id: string): Promise<ExceptionDetail> {
  const number = exceptionNumber(id)
  const found = await findException(state.database, number)
  if (found === undefined) {
    const gone = await tombstoneOf(state.database, 'exceptions', String(number))
    const was = gone === undefined ? '' : `: it was ${purgedWords(gone.purged_at, gone.purged_under)}`
    throw new MatchbookError('EXCEPTION-UNKNOWN', `there is no exception ${id}${was}`)
  }
  const events = await exceptionEvents(state.database, found.id)
  return {
    ...exceptionListing(found, now(), routingOf(workspace)),
    matched: await matchedLine(state.database, found),
    decisions: catalogue[found.code].decisions,
    history: events.map(({ at, run_id, status, amount_at_risk, actor, said }) => ({
      at,
      run: run_id,
      status,
      amount: amount_at_risk,
      actor,
      said,
    })),
  }
}

export const exceptionId = (id: number): string => `EX-${String(id).padStart(6, '0')}`

/** The number in EX-000017 or 17. @throws EXCEPTION-UNKNOWN */
export function exceptionNumber(id: string): number {
  const number = /^(?:EX-)?0*(\d{1,15})$/i.exec(id)?.[1]
  if (number === undefined) throw new MatchbookError('EXCEPTION-UNKNOWN', `there is no exception ${id}`)
  return Number(number)
}

const byMoney = (a: StoredException, b: StoredException): number =>
  compare(b.amountAtRisk, a.amountAtRisk) || a.id - b.id

const exceptionListing = (found: StoredException, now: string, routing: Routing): ExceptionListing => ({
  id: exceptionId(found.id),
  code: found.code,
  queue: found.queue,
  severity: found.severity,
  status: found.status,
  fingerprint: found.fingerprint,
  keys: found.keys,
  message: found.message,
  amountAtRisk: { amount: found.amountAtRisk, currency: found.currency },
  firstSeen: found.firstSeen,
  lastSeen: found.lastSeen,
  dueAt: found.dueAt,
  values: found.values,
  tolerance: found.tolerance,
  evidence: found.evidence,
  cluster: clusterOf(found) ?? null,
  decision: found.decision,
  assignee: found.assignee,
  note: found.note,
  escalation: escalationOf(found, now, routing),
})
