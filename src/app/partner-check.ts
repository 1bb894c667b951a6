import type { Envelope } from '../canonical/index.js'
import type { Workspace } from '../config/index.js'

/** Who may send, and as whom we may be addressed. */
export interface Parties {
  readonly senders: ReadonlyMap<string, string>
  readonly receivers: ReadonlyMap<string, string | undefined>
  readonly usage: 'P' | 'T'
}

const key = (qualifier: string, id: string): string => `${qualifier.trim()}:${id.trim()}`

export function partiesOf({ settings }: Workspace): Parties {
  return {
    senders: new Map(
      Object.entries(settings.partners).flatMap(([name, { isa }]) =>
        isa.map(({ qualifier, id }) => [key(qualifier, id), name] as const),
      ),
    ),
    receivers: new Map(settings.identity.map(({ isa, company }) => [key(isa.qualifier, isa.id), company] as const)),
    usage: settings.profile === 'production' ? 'P' : 'T',
  }
}

export interface PartnerCheck {
  readonly partner: string | undefined
  readonly company: string | undefined
  readonly finding:
    | { readonly code: 'X12-PARTNER'; readonly standardCode: string; readonly message: string }
    | undefined
}

/** Sender, receiver and usage of an interchange against the workspace; `dropPartner` is whose drop the file lay in. TA105 codes. */
export function checkPartner(envelope: Envelope, dropPartner: string | null, parties: Parties): PartnerCheck {
  const from = key(envelope.senderQualifier, envelope.sender)
  const to = key(envelope.receiverQualifier, envelope.receiver)
  const partner = parties.senders.get(from)
  const company = parties.receivers.get(to)
  const refuse = (standardCode: string, message: string): PartnerCheck => ({
    partner,
    company,
    finding: { code: 'X12-PARTNER', standardCode, message },
  })
  if (partner === undefined) return refuse('006', `ISA05/06 ${from} is no partner of this workspace`)
  if (dropPartner !== null && partner !== dropPartner)
    return refuse('006', `ISA05/06 ${from} is ${partner}, but lay in the drop of ${dropPartner}`)
  if (!parties.receivers.has(to)) return refuse('008', `ISA07/08 ${to} is not us`)
  if (envelope.usage !== parties.usage) {
    return refuse('020', `ISA15 is ${envelope.usage}, and this workspace takes ${parties.usage} only`)
  }
  return { partner, company, finding: undefined }
}
