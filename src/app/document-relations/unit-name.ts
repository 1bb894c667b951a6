import type { WorkspaceSettings } from '../../config/index.js'

/** What the workspace says of how units are written. */
export type UnitNames = Partial<Pick<WorkspaceSettings['units'], 'aliases' | 'capitals'>>

/** The unit code that partners, extracts and people mean. */
export function unitOf<T extends string | undefined>(uom: T, names: UnitNames): T
export function unitOf(uom: string | undefined, { aliases = {}, capitals = false }: UnitNames): string | undefined {
  if (uom === undefined) return undefined
  const written = capitals ? uom.toUpperCase() : uom
  return aliases[uom] ?? aliases[written] ?? written
}
