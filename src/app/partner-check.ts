import type { Envelope } from '../canonical/index.js'
import type { Workspace } from '../config/index.js'
import { isaKey } from './isa-key.js'

/** Who may send, and as whom we may be addressed. */
export interface Parties {
  readonly senders: ReadonlyMap<string, string>
  readonly receivers: ReadonlyMap<string, string | undefined>
  readonly usage: 'P' | 'T'
}

export function partiesOf({ settings }: Workspace): Parties {
  return {
    senders: new Map(
      Object.entries(settings.partners).flatMap(([name, { isa }]) =>
        isa.map((party) => [isaKey(party), name] as const),
      ),
    ),
    receivers: new Map(settings.identity.map(({ isa, company }) => [isaKey(isa), company] as const)),
    usage: settings.profile === 'production' ? 'P' : 'T',
  }
}

export interface PartnerCheck {
  readonly partner: string | undefined
  readonly company: string | undefined
  readonly finding:
    | { readonly code: 'X12-PARTNER'; readonly standardCode: string; readonly message: string }
    | undefined
  /** The sender is nobody we know, or not who the drop belongs to. */
  readonly stranger: boolean
}

/** Sender, receiver and usage of an interchange against the workspace; `dropPartner` is whose drop the file lay in. TA105 codes. */
export function checkPartner(
  envelope: Pick<Envelope, 'senderQualifier' | 'sender' | 'receiverQualifier' | 'receiver' | 'usage'>,
  dropPartner: string | null,
  parties: Parties,
): PartnerCheck {
  const from = isaKey({ qualifier: envelope.senderQualifier, id: envelope.sender })
  const to = isaKey({ qualifier: envelope.receiverQualifier, id: envelope.receiver })
  const partner = parties.senders.get(from)
  const company = parties.receivers.get(to)
  const refuse = (note: string, message: string): PartnerCheck => ({
    partner,
    company,
    finding: { code: 'X12-PARTNER', standardCode: `TA105:${note}`, message },
    stranger: note === '006',
  })
  if (partner === undefined) return refuse('006', `ISA05/06 ${from} is no partner of this workspace`)
  if (dropPartner !== null && partner !== dropPartner)
    return refuse('006', `ISA05/06 ${from} is ${partner}, but lay in the drop of ${dropPartner}`)
  if (!parties.receivers.has(to)) return refuse('008', `ISA07/08 ${to} is not us`)
  if (envelope.usage !== parties.usage) {
    return refuse('020', `ISA15 is ${envelope.usage}, and this workspace takes ${parties.usage} only`)
  }
  return { partner, company, finding: undefined, stranger: false }
}
