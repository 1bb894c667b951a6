import type { Selectable } from 'kysely'
import type { CauseTable } from './schema.js'
import type { StateDatabase } from './store.js'

export type CauseRow = Selectable<CauseTable>

/** Causes of a job that are open as far as people were told. */
export const openCauses = (database: StateDatabase, job: string): Promise<CauseRow[]> =>
  database.selectFrom('causes').selectAll().where('job', '=', job).where('settled_at', 'is', null).execute()

/** Call it, and what follows, inside the transaction of what opens or settles them. */
export async function openCause(database: StateDatabase, cause: Omit<CauseRow, 'settled_at'>): Promise<void> {
  await database
    .insertInto('causes')
    .values({ ...cause, settled_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function settleCause(database: StateDatabase, { id, opened_at }: CauseRow, now: string): Promise<void> {
  await database
    .updateTable('causes')
    .set({ settled_at: now })
    .where('id', '=', id)
    .where('opened_at', '=', opened_at)
    .execute()
}

/** Causes of these queues that opened, or were settled, after an instant. */
export const causesSince = (database: StateDatabase, queues: readonly string[], since: string): Promise<CauseRow[]> =>
  queues.length === 0
    ? Promise.resolve([])
    : database
        .selectFrom('causes')
        .selectAll()
        .where('queue', 'in', [...queues])
        .where((eb) => eb.or([eb('opened_at', '>', since), eb('settled_at', '>', since)]))
        .execute()
