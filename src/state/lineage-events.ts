import type { Selectable } from 'kysely'
import type { LineageEventTable } from './schema.js'
import type { StateDatabase } from './store.js'

export type LineageEventRow = Selectable<LineageEventTable>

/** Keeps an event until the server has it. Of more than `most` the oldest is given up. @returns how many were */
export async function queueLineageEvent(
  database: StateDatabase,
  event: Pick<LineageEventRow, 'run_id' | 'event' | 'queued_at'>,
  most: number,
): Promise<number> {
  return database.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('lineage_events')
      .values({ ...event, status: 'waiting', attempts: 0, not_before: event.queued_at, last_error: null })
      .execute()
    const over = await transaction
      .selectFrom('lineage_events')
      .select('id')
      .orderBy('id', 'desc')
      .offset(most)
      .limit(most)
      .execute()
    if (over.length === 0) return 0
    const ids = over.map(({ id }) => id)
    await transaction.deleteFrom('lineage_events').where('id', 'in', ids).execute()
    return ids.length
  })
}

/** What waits, in the order in which it was said. */
export const waitingLineageEvents = (database: StateDatabase, limit: number): Promise<LineageEventRow[]> =>
  database.selectFrom('lineage_events').selectAll().where('status', '=', 'waiting').orderBy('id').limit(limit).execute()

export async function lineageEventTaken(database: StateDatabase, id: number): Promise<void> {
  await database.deleteFrom('lineage_events').where('id', '=', id).execute()
}

/** `refused`: it will never be taken, and nothing waits for it any more. */
export async function lineageEventFailed(
  database: StateDatabase,
  id: number,
  { error, notBefore, refused }: { readonly error: string; readonly notBefore: string; readonly refused: boolean },
): Promise<void> {
  await database
    .updateTable('lineage_events')
    .set((eb) => ({
      attempts: eb('attempts', '+', 1),
      last_error: error,
      not_before: notBefore,
      status: refused ? 'refused' : 'waiting',
    }))
    .where('id', '=', id)
    .execute()
}

export interface LineageBacklog {
  readonly waiting: number
  /** Events that the server will never take. */
  readonly refused: number
  /** When the oldest that waits was said; null where none does. */
  readonly since: string | null
  /** Why the last try failed; null where nothing did. */
  readonly lastError: string | null
}

export async function lineageBacklog(database: StateDatabase): Promise<LineageBacklog> {
  const rows = await database
    .selectFrom('lineage_events')
    .select((eb) => ['status', eb.fn.countAll<number>().as('many'), eb.fn.min('queued_at').as('since')])
    .groupBy('status')
    .execute()
  const failed = await database
    .selectFrom('lineage_events')
    .select('last_error')
    .where('last_error', 'is not', null)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  const of = (status: LineageEventRow['status']) => rows.find((row) => row.status === status)
  return {
    waiting: Number(of('waiting')?.many ?? 0),
    refused: Number(of('refused')?.many ?? 0),
    since: of('waiting')?.since ?? null,
    lastError: failed?.last_error ?? null,
  }
}
