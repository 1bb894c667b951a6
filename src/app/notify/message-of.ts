import type { Workspace } from '../../config/index.js'
import { type Message, type Notice, noticeWords } from '../../outputs/notify/index.js'
import type { NotificationRow } from '../../state/index.js'

/**
 * What is kept of a notification as the message it is sent as.
 * @throws Error for one that another version has queued and this one has no words for, or whose facts cannot be read
 */
export function messageOf(
  { message_id: id, answers, facts, owner }: Pick<NotificationRow, 'message_id' | 'answers' | 'facts' | 'owner'>,
  { workspace }: { readonly workspace: Workspace },
): Message {
  const { workspace: organisation, timezone } = workspace.settings
  const notice = JSON.parse(facts) as Notice
  const words: ReturnType<typeof noticeWords> | undefined = noticeWords(notice, timezone)
  if (words === undefined) throw new Error(`this version has no words for ${notice.kind}`)
  return { id, answers, kind: notice.kind, owner, organisation, ...words }
}
