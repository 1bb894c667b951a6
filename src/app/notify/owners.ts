import type { NotifySettings, WorkspaceSettings } from '../../config/index.js'

/** One way to one owner. `to`: e-mail addresses; empty for other channels. */
export interface Recipient {
  readonly channel: string
  readonly to: readonly string[]
}

/** How an owner is reached; nobody where the settings do not say. */
export function recipientsOf(owner: string, { notify, queues }: WorkspaceSettings): Recipient[] {
  if (notify === undefined) return []
  const listed = notify.owners[owner]
  const ofQueues = Object.values(queues).flatMap((queue) =>
    queue.owner === owner && queue.email !== undefined ? [queue.email] : [],
  )
  const to = [...new Set([...(listed?.email ?? []), ...ofQueues])]
  const channels = listed?.channels ?? (to.length === 0 ? [] : emailChannels(notify))
  return channels.map((channel) => ({ channel, to: notify.channels[channel]?.kind === 'email' ? to : [] }))
}

const emailChannels = ({ channels }: NotifySettings): string[] =>
  Object.entries(channels).flatMap(([name, { kind }]) => (kind === 'email' ? [name] : []))

/** Everybody who can be reached, by name. */
export function ownersReached(settings: WorkspaceSettings): string[] {
  const named = [
    ...Object.keys(settings.notify?.owners ?? {}),
    ...Object.values(settings.queues).flatMap(({ owner, escalate }) => [owner, ...escalate.map(({ to }) => to)]),
    ...[settings.notify?.operators, settings.notify?.approvals].flatMap((owner) => owner ?? []),
  ]
  return [...new Set(named)].filter((owner) => recipientsOf(owner, settings).length > 0).sort()
}

/** The queues an owner answers for. */
export const queuesOf = (owner: string, { queues }: WorkspaceSettings): string[] =>
  Object.entries(queues).flatMap(([name, queue]) => (queue.owner === owner ? [name] : []))
