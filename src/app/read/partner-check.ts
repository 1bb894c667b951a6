import type { Envelope } from '../../canonical/index.js'
import type { Workspace } from '../../config/index.js'
import { isaKey } from '../acknowledging/isa-key.js'

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
  /** It is between us and a partner of ours, but marked for tests, or for production where this is a test. */
  readonly otherUsage: boolean
  /** A copy of what we sent: `partner` is to whom. */
  readonly isCopy: boolean
}

/** Sets that we send and may take copies of, to hold against what came back. */
export const copiedSets: readonly string[] = ['850', '860']

type IsaParties = Pick<Envelope, 'senderQualifier' | 'sender' | 'receiverQualifier' | 'receiver' | 'usage'>

/**
 * Sender, receiver and usage of an interchange against the workspace; `dropPartner` is whose drop the file lay in, `sets` what the drop
 * takes: one that takes orders takes copies of ours too, in which we are the sender. TA105 codes.
 */
export function checkPartner(
  envelope: IsaParties,
  dropPartner: string | null,
  sets: readonly string[],
  parties: Parties,
): PartnerCheck {
  const from = isaKey({ qualifier: envelope.senderQualifier, id: envelope.sender })
  const to = isaKey({ qualifier: envelope.receiverQualifier, id: envelope.receiver })
  if (parties.receivers.has(from) && sets.some((set) => copiedSets.includes(set)))
    return checkCopy({ from, to, usage: envelope.usage }, dropPartner, parties)
  const partner = parties.senders.get(from)
  const company = parties.receivers.get(to)
  const refuse = (note: string, message: string): PartnerCheck => ({
    partner,
    company,
    finding: { code: 'X12-PARTNER', standardCode: `TA105:${note}`, message },
    stranger: note === '006',
    otherUsage: note === '020',
    isCopy: false,
  })
  if (partner === undefined) return refuse('006', `ISA05/06 ${from} is no partner of this workspace`)
  if (dropPartner !== null && partner !== dropPartner)
    return refuse('006', `ISA05/06 ${from} is ${partner}, but lay in the drop of ${dropPartner}`)
  if (!parties.receivers.has(to)) return refuse('008', `ISA07/08 ${to} is not us`)
  if (envelope.usage !== parties.usage) return refuse('020', otherUsage(envelope.usage, parties))
  return { partner, company, finding: undefined, stranger: false, otherUsage: false, isCopy: false }
}

const otherUsage = (usage: string, parties: Parties): string =>
  `ISA15 is ${usage}, and this workspace takes ${parties.usage} only`

/** A copy of what we sent: of us, to a partner. Nobody is answered for it. */
function checkCopy(
  { from, to, usage }: { readonly from: string; readonly to: string; readonly usage: string },
  dropPartner: string | null,
  parties: Parties,
): PartnerCheck {
  const partner = parties.senders.get(to)
  const copy = { partner, company: parties.receivers.get(from), stranger: false, otherUsage: false, isCopy: true }
  const refuse = (note: string, message: string): PartnerCheck => ({
    ...copy,
    finding: { code: 'X12-PARTNER', standardCode: `TA105:${note}`, message },
  })
  if (partner === undefined) return refuse('008', `ISA07/08 ${to} is no partner of this workspace`)
  if (dropPartner !== null && partner !== dropPartner)
    return refuse('008', `ISA07/08 ${to} is ${partner}, but lay in the drop of ${dropPartner}`)
  if (usage !== parties.usage) return refuse('020', otherUsage(usage, parties))
  return { ...copy, finding: undefined }
}
