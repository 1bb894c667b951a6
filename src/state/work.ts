import { type Insertable, type Selectable, sql } from 'kysely'
import type { WorkTable } from './schema.js'
import type { State, StateDatabase } from './store.js'

export type WorkRow = Selectable<WorkTable>
/** What has fallen due: the occurrence of a job, and which goes first. */
export type DueWork = Pick<WorkRow, 'job' | 'scheduled_for' | 'day' | 'priority'>

/** Puts what is due where workers find it; what is there already stays as it is. */
export async function queueWork(database: StateDatabase, due: readonly DueWork[], now: string): Promise<void> {
  if (due.length === 0) return
  const rows: Insertable<WorkTable>[] = due.map((one) => ({
    ...one,
    status: 'ready',
    attempts: 0,
    not_before: now,
    worker: null,
    expires_at: null,
    last_error: null,
    queued_at: now,
    ended_at: null,
  }))
  await database
    .insertInto('work')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/**
 * The next piece of work for a worker, nobody else's from then on until `expiresAt`; undefined when nothing is to be done. One statement
 * that waits for nobody: what another is just taking is passed over. A job's occurrences are done in their order: no later one while an
 * earlier one is not done, also when that was given up. Work whose worker was lost counts as tried: what takes its worker down with it, as a
 * run for which the memory does not suffice may, must not take down one worker after the other for ever.
 */
export async function claimWork(
  { database, passingOver }: Pick<State, 'database' | 'passingOver'>,
  worker: string,
  now: string,
  expiresAt: string,
): Promise<WorkRow | undefined> {
  const { rows } = await sql<WorkRow>`
    UPDATE work SET status = 'claimed', worker = ${worker}, expires_at = ${expiresAt},
      attempts = CASE status WHEN 'claimed' THEN attempts + 1 ELSE attempts END,
      last_error = CASE status WHEN 'claimed' THEN 'its worker ' || worker || ' was not heard of any more' ELSE last_error END
    WHERE id = (
      SELECT id FROM work
      WHERE ((status = 'ready' AND not_before <= ${now}) OR (status = 'claimed' AND expires_at < ${now}))
        AND NOT EXISTS (
          SELECT 1 FROM work earlier
          WHERE earlier.job = work.job AND earlier.scheduled_for < work.scheduled_for AND earlier.status <> 'done'
        )
      ORDER BY priority, scheduled_for, id
      LIMIT 1 ${passingOver}
    )
    RETURNING *`.execute(database)
  return rows[0]
}

/** A worker is heard of: what it has claimed stays its own. */
export async function renewWork(database: StateDatabase, worker: string, expiresAt: string): Promise<void> {
  await sql`UPDATE work SET expires_at = ${expiresAt} WHERE status = 'claimed' AND worker = ${worker}`.execute(database)
}

/** How a piece of work ended, for whoever still has it: a claim that ran out, and went to another, is the other's to end. */
export async function endWork(
  database: StateDatabase,
  { id, worker }: Pick<WorkRow, 'id' | 'worker'>,
  end: Partial<Pick<WorkRow, 'attempts' | 'last_error' | 'ended_at' | 'not_before'>> & Pick<WorkRow, 'status'>,
): Promise<void> {
  await database
    .updateTable('work')
    .set({ ...end, worker: null, expires_at: null })
    .where('id', '=', id)
    .where('status', '=', 'claimed')
    .where('worker', '=', worker)
    .execute()
}

/** Work that is not done: by priority. */
export const openWork = (database: StateDatabase): Promise<WorkRow[]> =>
  database
    .selectFrom('work')
    .selectAll()
    .where('status', '!=', 'done')
    .orderBy('priority')
    .orderBy('scheduled_for')
    .orderBy('id')
    .execute()

/** What was given up is ready again. @returns whether it was given up */
export async function reviveWork(database: StateDatabase, id: number, now: string): Promise<boolean> {
  const revived = await database
    .updateTable('work')
    .set({ status: 'ready', attempts: 0, not_before: now, ended_at: null })
    .where('id', '=', id)
    .where('status', '=', 'dead')
    .returning('id')
    .executeTakeFirst()
  return revived !== undefined
}
