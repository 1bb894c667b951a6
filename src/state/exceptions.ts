import { type Selectable, sql } from 'kysely'
import { decimal, type ExceptionCode } from '../canonical/index.js'
import {
  type Decision,
  type ExceptionStatus,
  type MatchException,
  type Settlement,
  type Severity,
  unsettled,
} from '../exceptions/index.js'
import { endDecision, liveDecisions, saveDecision } from './decisions.js'
import { eachBatch } from './each-batch.js'
import type { ExceptionTable } from './schema.js'
import type { StateDatabase } from './store.js'

/** An exception as stored: with its number and the version that a workbook row is checked against. */
export interface StoredException extends MatchException {
  readonly id: number
  readonly version: number
  readonly document: string | null
  readonly assignee: string | null
  /** What was last noted. */
  readonly note: string | null
  readonly decision: Decision | null
}

export interface ExceptionFilter {
  readonly ids?: readonly number[]
  readonly job?: string
  readonly statuses?: readonly ExceptionStatus[]
  readonly queue?: string
  readonly code?: string
  readonly supplier?: string
}

export async function listExceptions(
  database: StateDatabase,
  filter: ExceptionFilter = {},
): Promise<StoredException[]> {
  let query = database.selectFrom('exceptions').selectAll()
  if (filter.ids !== undefined) query = query.where('id', 'in', [...filter.ids])
  if (filter.job !== undefined) query = query.where('job', '=', filter.job)
  if (filter.statuses !== undefined) query = query.where('status', 'in', [...filter.statuses])
  if (filter.queue !== undefined) query = query.where('queue', '=', filter.queue)
  if (filter.code !== undefined) query = query.where('code', '=', filter.code)
  const found = await query.orderBy('id').execute()
  const decisions = await liveDecisions(database, filter.ids)
  const rows = found.map((row) => stored(row, decisions.get(row.id)))
  return filter.supplier === undefined ? rows : rows.filter(({ keys }) => keys.supplier === filter.supplier)
}

/** In the order of their numbers, each once. */
export async function exceptionsOfIds(database: StateDatabase, ids: readonly number[]): Promise<StoredException[]> {
  const each = [...new Set(ids)].sort((a, b) => a - b)
  return eachBatch(each, (some) => listExceptions(database, { ids: some }))
}

export async function findException(database: StateDatabase, id: number): Promise<StoredException | undefined> {
  const [found] = await listExceptions(database, { ids: [id] })
  return found
}

export const exceptionEvents = (database: StateDatabase, id: number) =>
  database
    .selectFrom('exception_events')
    .selectAll()
    .where('exception_id', '=', id)
    .orderBy('at')
    .orderBy('number')
    .execute()

/** Writes a settlement; call it inside the transaction that also finishes the step. */
export async function saveSettlement(
  database: StateDatabase,
  settlement: Settlement,
  run: { readonly id: string; readonly now: string },
): Promise<void> {
  const known = new Map(
    (
      await eachBatch(settlement.exceptions, (some) =>
        database
          .selectFrom('exceptions')
          .select(['fingerprint', 'id', 'status', 'amount_at_risk', 'compared'])
          .where(
            'fingerprint',
            'in',
            some.map(({ fingerprint }) => fingerprint),
          )
          .execute(),
      )
    ).map((before) => [before.fingerprint, before]),
  )
  await saveFirst(
    database,
    settlement.exceptions.filter(({ fingerprint }) => !known.has(fingerprint)),
    run,
  )
  for (const exception of settlement.exceptions) {
    const row = rowOf(exception)
    const before = known.get(exception.fingerprint)
    if (before === undefined) continue
    const isNews = before.status !== row.status || before.amount_at_risk !== row.amount_at_risk
    const isOther =
      isNews && !(isOpen(before.status) && isOpen(row.status) && before.amount_at_risk === row.amount_at_risk)
    await database
      .updateTable('exceptions')
      .set((eb) => ({
        ...row,
        // A row of last night's workbook still speaks of this one when nothing that is decided on has changed.
        version: isOther || before.compared !== row.compared ? eb('version', '+', 1) : eb.ref('version'),
      }))
      .where('id', '=', before.id)
      .execute()
    if (isNews) await saveSettled(database, before.id, exception, run)
  }
}

/** Those that nobody has seen yet, in their order; a finding has no decision before it is an exception, but by a rule. */
async function saveFirst(
  database: StateDatabase,
  exceptions: readonly MatchException[],
  run: SettlingRun,
): Promise<void> {
  const rows = await eachBatch(exceptions, (some) =>
    database
      .insertInto('exceptions')
      .values(some.map((exception) => ({ document: null, ...rowOf(exception), version: 1 })))
      .returning('id')
      .execute(),
  )
  // Ids are given in the order of the values; rows come back in any.
  const ids = rows.map(({ id }) => id).sort((a, b) => a - b)
  const plain = []
  for (const [n, exception] of exceptions.entries()) {
    const id = ids[n] ?? Number.NaN
    if (exception.decision || exception.reopenedBecause !== undefined) await saveSettled(database, id, exception, run)
    else plain.push({ id, exception })
  }
  await eachBatch(plain, async (some) => {
    await database
      .insertInto('exception_events')
      .values(
        some.map(({ id, exception: { status, amountAtRisk } }) => {
          const event = { exception_id: id, number: 1, at: run.now, run_id: run.id, status }
          return { ...event, amount_at_risk: amountAtRisk, actor: null, said: null }
        }),
      )
      .execute()
    return []
  })
}

const isOpen = (status: string): boolean => status !== 'proposed' && (unsettled as readonly string[]).includes(status)

interface SettlingRun {
  readonly id: string
  readonly now: string
}

/** The event of a change, and what it means for decisions: one made by a rule is kept, one that the facts left behind ends. */
async function saveSettled(
  database: StateDatabase,
  id: number,
  exception: MatchException,
  run: SettlingRun,
): Promise<void> {
  const { status, decision, reopenedBecause } = exception
  if (reopenedBecause !== undefined) await endDecision(database, id, reopenedBecause, run.now)
  const isByRule = status === 'decided' && decision?.rule !== null && decision?.decidedAt === run.now
  if (isByRule && decision) await saveDecision(database, id, decision)
  await saveEvent(database, id, exception, {
    at: run.now,
    run: run.id,
    ...(isByRule ? { said: `${decision?.decision} by ${decision?.via}` } : {}),
    ...(reopenedBecause === undefined ? {} : { said: reopenedBecause }),
  })
}

export interface ExceptionEvent {
  readonly at: string
  readonly run?: string
  /** The person; absent where a run did it. */
  readonly actor?: string
  readonly said?: string
}

export async function saveEvent(
  database: StateDatabase,
  id: number,
  { status, amountAtRisk }: Pick<MatchException, 'status' | 'amountAtRisk'>,
  { at, run, actor, said }: ExceptionEvent,
): Promise<void> {
  await database
    .insertInto('exception_events')
    .values((eb) => ({
      exception_id: id,
      number: eb
        .selectFrom('exception_events')
        .select((all) => sql<number>`${all.fn.countAll()} + 1`.as('next'))
        .where('exception_id', '=', id),
      at,
      run_id: run ?? null,
      status,
      amount_at_risk: amountAtRisk,
      actor: actor ?? null,
      said: said ?? null,
    }))
    .execute()
}

function rowOf(exception: MatchException) {
  return {
    fingerprint: exception.fingerprint,
    job: exception.job,
    code: exception.code,
    queue: exception.queue,
    severity: exception.severity,
    status: exception.status,
    keys: JSON.stringify(exception.keys),
    message: exception.message,
    amount_at_risk: exception.amountAtRisk,
    currency: exception.currency,
    compared: JSON.stringify(exception.values),
    tolerance: exception.tolerance === null ? null : JSON.stringify(exception.tolerance),
    evidence: JSON.stringify(exception.evidence),
    first_seen: exception.firstSeen,
    last_seen: exception.lastSeen,
    due_at: exception.dueAt,
    ...(exception.document === undefined ? {} : { document: exception.document }),
  }
}

function stored(row: Selectable<ExceptionTable>, decision: Decision | undefined): StoredException {
  return {
    id: row.id,
    version: row.version,
    fingerprint: row.fingerprint,
    job: row.job,
    code: row.code as ExceptionCode,
    queue: row.queue,
    severity: row.severity as Severity,
    status: row.status as ExceptionStatus,
    keys: JSON.parse(row.keys),
    message: row.message,
    amountAtRisk: decimal(row.amount_at_risk),
    currency: row.currency,
    values: JSON.parse(row.compared),
    tolerance: row.tolerance === null ? null : JSON.parse(row.tolerance),
    evidence: JSON.parse(row.evidence),
    firstSeen: row.first_seen,
    lastSeen: row.last_seen,
    dueAt: row.due_at,
    document: row.document,
    assignee: row.assignee,
    note: row.note,
    decision: decision ?? null,
  }
}
