import type { Workspace } from './load-workspace.js'
import type { ChannelSettings, NotifySettings } from './notify.js'
import type { SecretReference } from './scalars.js'
import { resolveSecret, sayReference } from './secrets.js'
import type { EndpointSettings } from './workspace.js'

/**
 * The settings in force as `config show` prints them: defaults filled in, secrets as their references and whether each resolves now
 * (commands are run to find out). No secret is in it.
 */
export async function effectiveSettings(workspace: Workspace): Promise<object> {
  const { folder, overlay, settings, jobs, contracts, loads } = workspace
  const endpoints = await Promise.all(
    Object.entries(settings.endpoints).map(async ([name, endpoint]) => [name, await withoutSecrets(endpoint, folder)]),
  )
  return {
    folder,
    ...(overlay === undefined ? {} : { overlay }),
    settings: {
      ...settings,
      endpoints: Object.fromEntries(endpoints),
      ...(settings.notify === undefined ? {} : { notify: await notifyShown(settings.notify, folder) }),
    },
    jobs: Object.fromEntries(jobs),
    contracts: [...contracts.keys()],
    loads: [...loads.keys()],
  }
}

async function notifyShown(notify: NotifySettings, folder: string): Promise<object> {
  const channels = await Promise.all(
    Object.entries(notify.channels).map(async ([name, channel]) => [name, await channelShown(channel, folder)]),
  )
  return { ...notify, channels: Object.fromEntries(channels) }
}

async function channelShown(channel: ChannelSettings, folder: string): Promise<object> {
  if (channel.kind === 'webhook')
    return { ...channel, ...Object.fromEntries([await shown('url', channel.url, folder)]) }
  if (channel.kind === 'file' || channel.login === undefined) return channel
  const password = Object.fromEntries([await shown('password', channel.login.password, folder)])
  return { ...channel, login: { ...channel.login, ...password } }
}

async function withoutSecrets(endpoint: EndpointSettings, folder: string): Promise<object> {
  if (endpoint.kind === 'local') return endpoint
  const references: readonly (readonly [string, SecretReference | undefined])[] = Object.entries(endpoint.login)
  const login = await Promise.all(
    references.flatMap(([name, reference]) => (reference === undefined ? [] : [shown(name, reference, folder)])),
  )
  return { ...endpoint, login: Object.fromEntries(login) }
}

async function shown(name: string, reference: SecretReference, folder: string): Promise<[string, object]> {
  const resolves = await resolveSecret(reference, folder).then(
    () => true,
    () => false,
  )
  return [name, { secret: sayReference(reference), resolves }]
}
