import {
  countNotifications,
  listNotifications as fromStore,
  type NotificationRow,
  type NotificationStatus,
  type StateDatabase,
} from '../../state/index.js'
import type { Reading } from '../reading.js'
import { messageOf } from './message-of.js'

/** A message as --json shows it. Instants are UTC. */
export interface NotificationListing {
  /** The same in the message itself: header Message-ID, X-Matchbook-Notification, or `id`. */
  readonly id: string
  readonly kind: string
  readonly owner: string
  readonly channel: string
  readonly status: NotificationStatus
  readonly subject: string
  readonly attempts: number
  readonly queuedAt: string
  /** When it goes out, or is tried again. */
  readonly notBefore: string
  readonly sentAt: string | null
  readonly lastError: string | null
  readonly run: string | null
}

export interface NotificationQuery {
  readonly waiting: boolean
  readonly undeliverable: boolean
  readonly owner: string | undefined
  readonly limit: number
}

export interface NotificationList {
  readonly notifications: readonly NotificationListing[]
  readonly counts: Readonly<Record<NotificationStatus, number>>
  /** Zone of the workspace, for people. */
  readonly timezone: string
}

/** The newest first; all of them, or those that wait or were given up. */
export async function listNotifications(
  { workspace, state }: Reading,
  { waiting, undeliverable, owner, limit }: NotificationQuery,
): Promise<NotificationList> {
  const statuses: NotificationStatus[] = [
    ...(waiting ? (['waiting'] as const) : []),
    ...(undeliverable ? (['undeliverable'] as const) : []),
  ]
  const filter = { ...(statuses.length === 0 ? {} : { statuses }), ...(owner === undefined ? {} : { owner }) }
  const rows = await fromStore(state.database, filter, limit)
  return {
    notifications: rows.map((row) => ({
      id: row.message_id,
      kind: row.kind,
      owner: row.owner,
      channel: row.channel,
      status: row.status,
      subject: subjectOf(row, workspace),
      attempts: row.attempts,
      queuedAt: row.queued_at,
      notBefore: row.not_before,
      sentAt: row.sent_at,
      lastError: row.last_error,
      run: row.run_id,
    })),
    counts: await countNotifications(state.database),
    timezone: workspace.settings.timezone,
  }
}

/** Those that one screen has room for. */
const SHOWN = 10

/** How many messages wait, and those that could not be delivered, the newest first. */
export interface NotificationTrouble {
  readonly waiting: number
  readonly undeliverable: number
  readonly failed: readonly (Pick<
    NotificationListing,
    'id' | 'kind' | 'owner' | 'channel' | 'status' | 'attempts' | 'queuedAt'
  > & { readonly lastError: string })[]
}

/** For status. */
export async function notificationTrouble(database: StateDatabase): Promise<NotificationTrouble> {
  const { waiting, undeliverable } = await countNotifications(database)
  if (waiting + undeliverable === 0) return { waiting, undeliverable, failed: [] }
  const rows = await fromStore(database, { statuses: ['waiting', 'undeliverable'] }, 200)
  const failed = rows.filter((row): row is NotificationRow & { last_error: string } => row.last_error !== null)
  return {
    waiting,
    undeliverable,
    failed: failed.slice(0, SHOWN).map((row) => ({
      id: row.message_id,
      kind: row.kind,
      owner: row.owner,
      channel: row.channel,
      status: row.status,
      attempts: row.attempts,
      queuedAt: row.queued_at,
      lastError: row.last_error,
    })),
  }
}

/** One that cannot be put into words has none; why stands in its last error. */
function subjectOf(row: NotificationRow, workspace: Reading['workspace']): string {
  try {
    return messageOf(row, { workspace }).subject
  } catch {
    return ''
  }
}
