import type { Redactor, Workspace } from '../../config/index.js'
import { MatchbookError } from '../../errors/index.js'
import { NotSent } from '../../outputs/notify/index.js'
import { openExaminedChannel } from '../compose.js'
import { bad, type Check, good, unknown } from './check.js'
import type { Looking } from './endpoints.js'

/** Each way to reach people: whether its mail server lets us in, its file can be written. */
export async function channels(workspace: Workspace, { connect }: Looking, redactor: Redactor): Promise<Check[]> {
  const all = Object.entries(workspace.settings.notify?.channels ?? {})
  if (!connect) return []
  return Promise.all(all.map(([name, { kind }]) => examined(name, kind, workspace, redactor)))
}

async function examined(name: string, kind: string, workspace: Workspace, redactor: Redactor): Promise<Check> {
  const subject = `channel ${name}`
  try {
    const channel = await openExaminedChannel(name, workspace, redactor)
    try {
      await channel.check()
    } finally {
      channel.close()
    }
    if (kind === 'webhook')
      return unknown(subject, 'a webhook cannot be asked without a message; see: matchbook notify test')
    return good(subject, kind === 'email' ? 'the mail server lets us in' : 'can be written')
  } catch (error) {
    // A secret that is missing has been told of by itself.
    if (error instanceof MatchbookError && error.code === 'SECRET-MISSING')
      return unknown(subject, 'not looked at: its secret is missing')
    if (!(error instanceof NotSent)) throw error
    return bad(
      subject,
      error.message,
      'Check the channel in matchbook.yaml, then ask who runs the other side',
      'NOTIFY-FAILED',
    )
  }
}
