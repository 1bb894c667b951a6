import type { Envelope } from '../../canonical/index.js'
import type { WorkspaceSettings } from '../../config/index.js'
import { isaKey } from '../acknowledging/isa-key.js'
import type { GuidesOfPartner } from './set-checker.js'

/** What the partner an envelope comes from, or goes to, wants otherwise than the standard. */
export function guidesOf({ partners }: WorkspaceSettings): (envelope: Envelope) => GuidesOfPartner | undefined {
  const known = new Map(
    Object.entries(partners).flatMap(([partner, { isa, x12 }]) =>
      x12 === undefined || x12.guides.length === 0
        ? []
        : isa.map((party) => [isaKey(party), { partner, guides: x12.guides }] as const),
    ),
  )
  return ({ senderQualifier, sender, receiverQualifier, receiver }) =>
    known.get(isaKey({ qualifier: senderQualifier, id: sender })) ??
    known.get(isaKey({ qualifier: receiverQualifier, id: receiver }))
}
