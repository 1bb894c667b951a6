import type { Workspace } from '../../config/index.js'
import { type Message, type Notice, noticeWords } from '../../outputs/notify/index.js'
import type { NotificationRow } from '../../state/index.js'

/** What is kept of a notification as the message it is sent as. */
export function messageOf(
  { message_id: id, answers, facts, owner }: Pick<NotificationRow, 'message_id' | 'answers' | 'facts' | 'owner'>,
  { workspace }: { readonly workspace: Workspace },
): Message {
  const { workspace: organisation, timezone } = workspace.settings
  const notice = JSON.parse(facts) as Notice
  return { id, answers, kind: notice.kind, owner, organisation, ...noticeWords(notice, timezone) }
}
