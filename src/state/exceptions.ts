import type { Selectable } from 'kysely'
import { decimal, type ExceptionCode } from '../canonical/index.js'
import type { ExceptionStatus, MatchException, Settlement, Severity } from '../exceptions/index.js'
import type { StateDatabase } from './open-state.js'
import type { ExceptionTable } from './schema.js'

/** An exception as stored: with its number and the version that a workbook row is checked against. */
export interface StoredException extends MatchException {
  readonly id: number
  readonly version: number
}

export interface ExceptionFilter {
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
  if (filter.job !== undefined) query = query.where('job', '=', filter.job)
  if (filter.statuses !== undefined) query = query.where('status', 'in', [...filter.statuses])
  if (filter.queue !== undefined) query = query.where('queue', '=', filter.queue)
  if (filter.code !== undefined) query = query.where('code', '=', filter.code)
  const rows = (await query.orderBy('id').execute()).map(stored)
  return filter.supplier === undefined ? rows : rows.filter(({ keys }) => keys.supplier === filter.supplier)
}

export async function findException(database: StateDatabase, id: number): Promise<StoredException | undefined> {
  const row = await database.selectFrom('exceptions').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : stored(row)
}

export const exceptionEvents = (database: StateDatabase, id: number) =>
  database.selectFrom('exception_events').selectAll().where('exception_id', '=', id).orderBy('at').execute()

/** Writes a settlement; call it inside the transaction that also finishes the step. */
export async function saveSettlement(
  database: StateDatabase,
  settlement: Settlement,
  run: { readonly id: string; readonly now: string },
): Promise<void> {
  for (const exception of settlement.exceptions) {
    const row = rowOf(exception)
    const before = await database
      .selectFrom('exceptions')
      .select(['id', 'status', 'amount_at_risk'])
      .where('fingerprint', '=', exception.fingerprint)
      .executeTakeFirst()
    if (before === undefined) {
      const { id } = await database
        .insertInto('exceptions')
        .values({ ...row, version: 1 })
        .returning('id')
        .executeTakeFirstOrThrow()
      await event(database, id, exception, run)
      continue
    }
    const changed = before.status !== row.status || before.amount_at_risk !== row.amount_at_risk
    await database
      .updateTable('exceptions')
      .set((eb) => ({ ...row, version: changed ? eb('version', '+', 1) : eb.ref('version') }))
      .where('id', '=', before.id)
      .execute()
    if (changed) await event(database, before.id, exception, run)
  }
}

async function event(
  database: StateDatabase,
  id: number,
  exception: MatchException,
  run: { readonly id: string; readonly now: string },
): Promise<void> {
  await database
    .insertInto('exception_events')
    .values({
      exception_id: id,
      at: run.now,
      run_id: run.id,
      status: exception.status,
      amount_at_risk: exception.amountAtRisk,
    })
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
  }
}

function stored(row: Selectable<ExceptionTable>): StoredException {
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
  }
}
