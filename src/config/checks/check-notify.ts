import type { Problem } from '../problem.js'
import type { Setting } from '../setting.js'

/** What a schema cannot see under notify: names of nobody, owners whom no mail can reach, passwords in the clear. */
export function checkNotify(workspace: Setting): Problem[] {
  const notify = workspace.at('notify')
  if (notify.value === undefined) return []
  const channels = notify.at('channels')
  const owners = notify.at('owners')
  const queues = workspace
    .at('queues')
    .entries()
    .map(([, queue]) => queue)
  const ownersOfQueues = queues.flatMap((queue) => queue.at('owner').text ?? [])
  const escalatedTo = queues.flatMap((queue) =>
    queue
      .at('escalate')
      .items()
      .flatMap((step) => step.at('to').text ?? []),
  )
  const roles = [notify.at('operators'), notify.at('approvals')]
  const known = [...new Set([...ownersOfQueues, ...escalatedTo, ...roles.flatMap(({ text }) => text ?? [])])]
  const withMail = queues.filter((queue) => queue.has('email')).flatMap((queue) => queue.at('owner').text ?? [])
  const isMail = (name: string | undefined): boolean =>
    name !== undefined && channels.at(name).at('kind').text === 'email'
  const reached = (owner: string): boolean => owners.has(owner) || withMail.includes(owner)
  return [
    ...channels.entries().flatMap(([, channel]) => clearPassword(channel)),
    ...owners.entries().flatMap(([name, owner]) => {
      const named = owner.at('channels').items()
      const address = owner.at('email').items().length > 0 || withMail.includes(name)
      return [
        ...owners.isNamedLike(name, 'owner of a queue', known),
        ...named.flatMap((channel) => channel.refersTo('channel', channels.names)),
        ...(address
          ? []
          : named
              .filter(({ text }) => isMail(text))
              .map((channel) =>
                channel.problem(`no e-mail address of ${name}`, 'email here, or of a queue of theirs'),
              )),
      ]
    }),
    ...roles.flatMap((setting) =>
      setting.text === undefined || reached(setting.text)
        ? []
        : [setting.problem(`nothing says how ${setting.text} is reached`, 'an entry under owners, by the same name')],
    ),
  ]
}

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/

/** A password that anyone on the way can read. */
function clearPassword(channel: Setting): Problem[] {
  const security = channel.at('security')
  const isClear = security.text === 'none' && channel.has('login') && !loopback.test(channel.at('host').text ?? '')
  return isClear ? [security.problem('a login without encryption', 'starttls or tls where there is a login')] : []
}
