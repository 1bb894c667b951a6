import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder templates/extracts that ships with Matchbook: the nearest one above this file, bundled or not. */
export function shippedContracts(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  for (;;) {
    const contracts = join(folder, 'templates', 'extracts')
    if (existsSync(contracts)) return contracts
    const above = dirname(folder)
    if (above === folder) throw new RangeError('templates/extracts is missing from this installation')
    folder = above
  }
}
