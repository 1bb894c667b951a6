import type { Selectable } from 'kysely'
import { eachBatch } from './each-batch.js'
import type { OutboxTable } from './schema.js'
import type { StateDatabase } from './store.js'

export type OutboxRow = Selectable<OutboxTable>

/** A file to push. Two of one idempotency key are one: the store refuses the second. */
export type ToPush = Pick<
  OutboxRow,
  'idempotency_key' | 'load_id' | 'endpoint' | 'folder' | 'name' | 'local_file' | 'sha256' | 'size'
>

/** Call it inside the transaction of what the file is about. */
export const queueOutbox = (database: StateDatabase, file: ToPush, now: string): Promise<void> =>
  queueOutboxes(database, [file], now)

/** Several, in their order. */
export async function queueOutboxes(database: StateDatabase, files: readonly ToPush[], now: string): Promise<void> {
  const waiting = { status: 'waiting', attempts: 0, last_error: null, queued_at: now, sent_at: null } as const
  await eachBatch(files, async (some) => {
    await database
      .insertInto('outbox')
      .values(some.map((file) => ({ ...file, ...waiting })))
      .execute()
    return []
  })
}

/** Those of the keys under which something was queued. */
export async function queuedAmong(
  database: StateDatabase,
  idempotencyKeys: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await eachBatch(idempotencyKeys, (some) =>
    database.selectFrom('outbox').select('idempotency_key').where('idempotency_key', 'in', some).execute(),
  )
  return new Set(rows.map(({ idempotency_key }) => idempotency_key))
}

/** What still has to go out, oldest first: the order per stream is the order of queueing. */
export const waitingOutbox = (database: StateDatabase): Promise<OutboxRow[]> =>
  database.selectFrom('outbox').selectAll().where('status', '=', 'waiting').orderBy('id').execute()

/** That to one endpoint. `oldest`: of what was ever seen to wait; who looks again need not look at all that was sent before. */
export const waitingFor = (database: StateDatabase, endpoint: string, oldest: number): Promise<OutboxRow[]> =>
  database
    .selectFrom('outbox')
    .selectAll()
    .where('id', '>=', oldest)
    .where('status', '=', 'waiting')
    .where('endpoint', '=', endpoint)
    .orderBy('id')
    .execute()

/** Where something waits for, and is bound to; those with the oldest first. */
export interface WaitingPlace extends Pick<OutboxRow, 'endpoint' | 'folder' | 'bound_to'> {
  readonly files: number
  /** Id of the oldest. */
  readonly oldest: number
}

export const waitingPlaces = (database: StateDatabase): Promise<WaitingPlace[]> =>
  database
    .selectFrom('outbox')
    .select((eb) => [
      'endpoint',
      'folder',
      'bound_to',
      eb.fn.countAll<number>().as('files'),
      eb.fn.min<number>('id').as('oldest'),
    ])
    .where('status', '=', 'waiting')
    .groupBy(['endpoint', 'folder', 'bound_to'])
    .orderBy('oldest')
    .execute()

/** Endpoints that something waits for which this job has queued, or of which nothing says who did. */
export async function endpointsAwaited(
  database: StateDatabase,
  job: string,
  oldest: number,
): Promise<ReadonlySet<string>> {
  const rows = await database
    .selectFrom('outbox')
    .leftJoin('x12_sent', 'x12_sent.idempotency_key', 'outbox.idempotency_key')
    .leftJoin('loads', 'loads.id', 'outbox.load_id')
    .select('outbox.endpoint')
    .distinct()
    .where('outbox.id', '>=', oldest)
    .where('outbox.status', '=', 'waiting')
    .where((eb) => {
      const queuedBy = eb.fn.coalesce('loads.job', 'x12_sent.job')
      return eb.or([eb(queuedBy, '=', job), eb(queuedBy, 'is', null)])
    })
    .execute()
  return new Set(rows.map(({ endpoint }) => endpoint))
}

/** Call it inside a transaction. */
export async function outboxSent(database: StateDatabase, items: readonly OutboxRow[], now: string): Promise<void> {
  await eachBatch(items, async (some) => {
    await database
      .updateTable('outbox')
      .set((eb) => ({ status: 'sent', sent_at: now, last_error: null, attempts: eb('attempts', '+', 1) }))
      .where('id', 'in', idsOf(some))
      .execute()
    const loads = some.flatMap(({ load_id }) => load_id ?? [])
    if (loads.length > 0)
      await database.updateTable('loads').set({ status: 'sent', sent_at: now }).where('id', 'in', loads).execute()
    return []
  })
}

/** Call it before the files may appear anywhere under their names; all of them or, when it fails, none. */
export async function bindOutbox(
  database: StateDatabase,
  items: readonly OutboxRow[],
  to: { readonly endpoint: string; readonly folder: string },
): Promise<void> {
  await database
    .updateTable('outbox')
    .set({ bound_to: to.endpoint, bound_folder: to.folder })
    .where('id', 'in', idsOf(items))
    .execute()
}

const idsOf = (items: readonly OutboxRow[]): number[] => items.map(({ id }) => id)

/** Where every file of the outbox lies or lay here, sent or not. */
export const outboxFiles = async (database: StateDatabase): Promise<string[]> =>
  (await database.selectFrom('outbox').select('local_file').orderBy('id').execute()).map(({ local_file }) => local_file)

/** Of these names those that files of the outbox for an endpoint have, sent or not. */
export async function outboxNames(
  database: StateDatabase,
  endpoint: string,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await database
    .selectFrom('outbox')
    .select('name')
    .where('name', 'in', names)
    .where('endpoint', '=', endpoint)
    .execute()
  return new Set(rows.map(({ name }) => name))
}

export async function outboxFailed(database: StateDatabase, item: OutboxRow, error: string): Promise<void> {
  await database
    .updateTable('outbox')
    .set((eb) => ({ last_error: error, attempts: eb('attempts', '+', 1) }))
    .where('id', '=', item.id)
    .execute()
}
