import type { Tools } from '../tools.js'

/** Files under way at once at an endpoint, where its settings say so. */
export function transfersAt(endpoint: string, { workspace }: Tools): { transfers?: number } {
  const settings = workspace.settings.endpoints[endpoint]
  return settings?.kind === 'sftp' ? { transfers: settings.transfers } : {}
}
