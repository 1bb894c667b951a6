import { createHash } from 'node:crypto'
import type { WorkspaceSettings } from '../../config/index.js'
import type { Notice } from '../../outputs/notify/index.js'
import { queueNotification, type StateDatabase } from '../../state/index.js'
import { recipientsOf } from './owners.js'

/** What notices are made by: the settings, when, and by which run. */
export interface Telling {
  readonly settings: WorkspaceSettings
  readonly now: string
  /** Null: by a person or a command. */
  readonly run: string | null
}

export interface NoticePlace {
  /** What it is about, the same when it is about the same: no owner is told of it twice. */
  readonly subject: string
  /** The subject and kind of the notice it belongs to. */
  readonly answers?: { readonly kind: Notice['kind']; readonly subject: string }
  /** Not before this instant; without it at once. */
  readonly notBefore?: string
}

/** Queues a notice for each channel of an owner; for nobody where none is set. Call it inside the transaction of what it tells. */
export async function queueNotice(
  database: StateDatabase,
  owner: string,
  notice: Notice,
  { subject, answers, notBefore }: NoticePlace,
  { settings, now, run }: Telling,
): Promise<void> {
  for (const { channel } of recipientsOf(owner, settings)) {
    const keyOf = (kind: Notice['kind'], about: string): string => JSON.stringify([kind, about, owner, channel])
    await queueNotification(database, {
      key: keyOf(notice.kind, subject),
      kind: notice.kind,
      owner,
      channel,
      message_id: messageId(settings, keyOf(notice.kind, subject)),
      answers: answers === undefined ? null : messageId(settings, keyOf(answers.kind, answers.subject)),
      facts: JSON.stringify(notice),
      not_before: notBefore ?? now,
      run_id: run,
      queued_at: now,
    })
  }
}

/** Follows from what the message is: the same message of the same workspace has the same id, however often it is sent. */
const messageId = ({ workspace, profile }: WorkspaceSettings, key: string): string =>
  `mb-${createHash('sha256')
    .update(JSON.stringify([workspace, profile, key]))
    .digest('hex')
    .slice(0, 32)}`
