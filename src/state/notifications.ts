import type { Selectable } from 'kysely'
import type { NotificationStatus, NotificationTable } from './schema.js'
import type { StateDatabase } from './store.js'

export type NotificationRow = Selectable<NotificationTable>

export type NewNotification = Pick<
  NotificationRow,
  'key' | 'kind' | 'owner' | 'channel' | 'message_id' | 'answers' | 'facts' | 'not_before' | 'run_id' | 'queued_at'
>

/** Two of one key are one: the first stands. Call it inside the transaction of what it tells. */
export async function queueNotification(database: StateDatabase, notification: NewNotification): Promise<void> {
  await database
    .insertInto('notifications')
    .values({ ...notification, status: 'waiting', attempts: 0, last_error: null, sent_at: null, reached: null })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute()
}

/** Of an owner and a kind, the newest first. */
export const notificationsTo = (database: StateDatabase, kind: string, owner: string): Promise<NotificationRow[]> =>
  database
    .selectFrom('notifications')
    .selectAll()
    .where('kind', '=', kind)
    .where('owner', '=', owner)
    .orderBy('id', 'desc')
    .limit(50)
    .execute()

/** What has not been tried yet says something else now. */
export async function rewriteNotification(
  database: StateDatabase,
  id: number,
  news: Pick<NotificationRow, 'facts' | 'not_before' | 'run_id'>,
): Promise<void> {
  await database.updateTable('notifications').set(news).where('id', '=', id).execute()
}

export interface NotificationFilter {
  readonly statuses?: readonly NotificationStatus[]
  readonly owner?: string
}

/** The newest first. */
export function listNotifications(
  database: StateDatabase,
  { statuses, owner }: NotificationFilter,
  limit: number,
): Promise<NotificationRow[]> {
  return database
    .selectFrom('notifications')
    .selectAll()
    .$if(statuses !== undefined, (query) => query.where('status', 'in', [...(statuses ?? [])]))
    .$if(owner !== undefined, (query) => query.where('owner', '=', owner ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** What is due, oldest first. */
export const dueNotifications = (database: StateDatabase, now: string, limit: number): Promise<NotificationRow[]> =>
  database
    .selectFrom('notifications')
    .selectAll()
    .where('status', '=', 'waiting')
    .where('not_before', '<=', now)
    .orderBy('id')
    .limit(limit)
    .execute()

export async function countNotifications(
  database: StateDatabase,
): Promise<Readonly<Record<NotificationStatus, number>>> {
  const rows = await database
    .selectFrom('notifications')
    .select((eb) => ['status', eb.fn.countAll<number>().as('many')])
    .groupBy('status')
    .execute()
  const many = new Map(rows.map(({ status, many }) => [status, Number(many)]))
  return {
    waiting: many.get('waiting') ?? 0,
    sent: many.get('sent') ?? 0,
    undeliverable: many.get('undeliverable') ?? 0,
  }
}

/** A try begins: from here on the message may have gone out, and it says what it said then. @returns what that is */
export async function notificationTried(database: StateDatabase, id: number): Promise<Pick<NotificationRow, 'facts'>> {
  return database
    .updateTable('notifications')
    .set((eb) => ({ attempts: eb('attempts', '+', 1) }))
    .where('id', '=', id)
    .returning('facts')
    .executeTakeFirstOrThrow()
}

export async function notificationSent(database: StateDatabase, id: number, now: string): Promise<void> {
  await database
    .updateTable('notifications')
    .set({ status: 'sent', sent_at: now, last_error: null })
    .where('id', '=', id)
    .execute()
}

/** Some of its addresses have it, and do not get it again. */
export async function notificationReached(
  database: StateDatabase,
  id: number,
  addresses: readonly string[],
): Promise<void> {
  await database
    .updateTable('notifications')
    .set({ reached: JSON.stringify(addresses) })
    .where('id', '=', id)
    .execute()
}

/** `notBefore` null: it is not tried again by itself. */
export async function notificationFailed(
  database: StateDatabase,
  ids: readonly number[],
  error: string,
  notBefore: string | null,
): Promise<void> {
  if (ids.length === 0) return
  await database
    .updateTable('notifications')
    .set({ last_error: error, ...(notBefore === null ? { status: 'undeliverable' } : { not_before: notBefore }) })
    .where('id', 'in', [...ids])
    .execute()
}

/** What was given up, and what waits for its next try, is due now. @returns how many */
export async function retryNotifications(database: StateDatabase, now: string): Promise<number> {
  const result = await database
    .updateTable('notifications')
    .set({ status: 'waiting', not_before: now })
    .where('status', '!=', 'sent')
    .where('last_error', 'is not', null)
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

/** Escalations of which nobody was told yet are kept as told. @returns those */
export async function noteEscalationsTold(
  database: StateDatabase,
  steps: readonly { readonly exception: number; readonly since: string }[],
  now: string,
): Promise<ReadonlySet<number>> {
  const fresh = new Set<number>()
  for (const { exception, since } of steps) {
    const { numInsertedOrUpdatedRows } = await database
      .insertInto('escalations_told')
      .values({ exception_id: exception, since, told_at: now })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows === 1n) fresh.add(exception)
  }
  return fresh
}
