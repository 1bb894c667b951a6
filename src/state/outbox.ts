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
export async function queueOutbox(database: StateDatabase, file: ToPush, now: string): Promise<void> {
  await database
    .insertInto('outbox')
    .values({ ...file, status: 'waiting', attempts: 0, last_error: null, queued_at: now, sent_at: null })
    .execute()
}

export async function isQueued(database: StateDatabase, idempotencyKey: string): Promise<boolean> {
  const row = await database
    .selectFrom('outbox')
    .select('id')
    .where('idempotency_key', '=', idempotencyKey)
    .executeTakeFirst()
  return row !== undefined
}

/** What still has to go out, oldest first: the order per stream is the order of queueing. */
export const waitingOutbox = (database: StateDatabase): Promise<OutboxRow[]> =>
  database.selectFrom('outbox').selectAll().where('status', '=', 'waiting').orderBy('id').execute()

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

/** Of these names those that files of the outbox have, sent or not. */
export async function outboxNames(database: StateDatabase, names: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await database.selectFrom('outbox').select('name').where('name', 'in', names).execute()
  return new Set(rows.map(({ name }) => name))
}

export async function outboxFailed(database: StateDatabase, item: OutboxRow, error: string): Promise<void> {
  await database
    .updateTable('outbox')
    .set((eb) => ({ last_error: error, attempts: eb('attempts', '+', 1) }))
    .where('id', '=', item.id)
    .execute()
}
