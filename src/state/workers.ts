import { type Insertable, type Selectable, sql } from 'kysely'
import type { WorkerTable } from './schema.js'
import type { StateDatabase } from './store.js'

export type WorkerRow = Selectable<WorkerTable>

export async function saveWorker(database: StateDatabase, worker: Insertable<WorkerTable>): Promise<void> {
  const { id: _, ...news } = worker
  await database
    .insertInto('workers')
    .values(worker)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(news))
    .execute()
}

/** Raw: a beat waits for nobody who writes. */
export async function workerSeen(
  database: StateDatabase,
  { id, status, seen_at, expires_at }: Pick<WorkerRow, 'id' | 'status' | 'seen_at' | 'expires_at'>,
): Promise<void> {
  await sql`UPDATE workers SET status = ${status}, seen_at = ${seen_at}, expires_at = ${expires_at} WHERE id = ${id}`.execute(
    database,
  )
}

export async function forgetWorker(database: StateDatabase, id: string): Promise<void> {
  await database.deleteFrom('workers').where('id', '=', id).execute()
}

/** Those that were not heard of for a day are nobody's concern any more. */
export async function forgetOldWorkers(database: StateDatabase, before: string): Promise<void> {
  await database.deleteFrom('workers').where('expires_at', '<', before).execute()
}

export const allWorkers = (database: StateDatabase): Promise<WorkerRow[]> =>
  database.selectFrom('workers').selectAll().orderBy('host').orderBy('started_at').orderBy('id').execute()
