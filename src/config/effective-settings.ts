import type { Workspace } from './load-workspace.js'
import type { SecretReference } from './scalars.js'
import { resolveSecret, sayReference } from './secrets.js'
import type { EndpointSettings } from './workspace.js'

/**
 * The settings in force as `config show` prints them: defaults filled in, secrets as their references and whether each resolves now
 * (commands are run to find out). No secret is in it.
 */
export async function effectiveSettings(workspace: Workspace): Promise<object> {
  const { folder, settings, jobs, contracts, loads } = workspace
  const endpoints = await Promise.all(
    Object.entries(settings.endpoints).map(async ([name, endpoint]) => [name, await withoutSecrets(endpoint, folder)]),
  )
  return {
    folder,
    settings: { ...settings, endpoints: Object.fromEntries(endpoints) },
    jobs: Object.fromEntries(jobs),
    contracts: [...contracts.keys()],
    loads: [...loads.keys()],
  }
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
