import type { SecretReference } from '../../config/index.js'
import type { Tools } from '../tools.js'

/** HTTP headers with their secrets. @throws SECRET-MISSING */
export async function headersOf(
  references: Readonly<Record<string, SecretReference>>,
  tools: Pick<Tools, 'secret'>,
): Promise<Record<string, string>> {
  const all = Object.entries(references).map(async ([name, reference]) => [name, await tools.secret(reference)])
  return Object.fromEntries(await Promise.all(all))
}
