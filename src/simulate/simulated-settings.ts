import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { Tolerance, WorkspaceSettings } from '../config/workspace.js'
import { healthSystemSettings } from './demo-settings.js'
import { suppliers } from './parties.js'

type Settings = z.input<typeof WorkspaceSettings>

/** File of the identity key, relative to the workspace. */
export const simulatedKeyFile = 'keys/identity'

/** The people of a night are invented, and so is the key of their hashes: it follows from the seed, that the truth can name them. */
export const simulatedKey = (seed: number): string =>
  createHash('sha256').update(`identities of simulated night ${seed}`).digest('base64')

/** matchbook.yaml of a simulated workspace: as of the demo, on folders below it. */
export function simulatedSettings(): Settings {
  const folder = (path: string) => ({ kind: 'local', folder: `drops/${path}` }) as const
  const settings = healthSystemSettings(
    {
      ...Object.fromEntries(['erp', 'ehr', 'payroll', 'procurement'].map((name) => [name, folder(name)])),
      ...Object.fromEntries(suppliers.map(({ partner }) => [partner, folder(`suppliers/${partner}`)])),
    },
    (partner) => ({ endpoint: partner, folder: 'inbound' }),
  )
  return {
    ...settings,
    tolerances: [...(settings.tolerances ?? []), ...furtherTolerances],
    privacy: { key: { file: simulatedKeyFile } },
  }
}

const furtherTolerances: z.input<typeof Tolerance>[] = [
  { rule: 'quantity-acknowledged', over: { percent: '5' }, under: 'zero' },
  { rule: 'promised-date', over: { absolute: '2' }, under: 'off' },
  { rule: 'labor-hours', over: { absolute: '0.5' }, under: { absolute: '0.5' } },
]
