import type { Workspace } from '../../config/index.js'
import { isaKey } from '../acknowledging/isa-key.js'
import type { PartnerNames } from './words.js'

/** ISA ids of the partners, and our own, as the workspace names them. */
export function partnerNames({ settings }: Workspace): PartnerNames {
  return new Map([
    ...Object.values(settings.partners).flatMap(({ name, isa }) => isa.map((party) => [isaKey(party), name] as const)),
    ...settings.identity.map(({ isa }) => [isaKey(isa), settings.workspace] as const),
  ])
}
