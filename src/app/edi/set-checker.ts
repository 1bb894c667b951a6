import type { Envelope } from '../../canonical/index.js'
import type { PartnerGuide } from '../../config/partner-guide.js'
import { checkTransaction } from '../../formats/x12/check/check-transaction.js'
import type { Delimiters } from '../../formats/x12/delimiters.js'
import { applyPartnerGuide, type Guide, loadGuide } from '../../formats/x12/guide/index.js'
import type { Transaction, X12Finding } from '../../formats/x12/index.js'

/** Checks a transaction set against the standard, and the partner's guide where there is one. */
export type SetChecker = (
  transaction: Transaction,
  delimiters: Delimiters | undefined,
) => Promise<readonly X12Finding[]>

/** What a partner wants otherwise than the standard, and what findings call it. */
export interface GuidesOfPartner {
  readonly partner: string
  readonly guides: readonly PartnerGuide[]
}

/** A set that no guide is held for has only its envelope checked. `guidesOf`: of the partner an envelope is from or to. */
export async function setChecker(
  guidesOf: (envelope: Envelope) => GuidesOfPartner | undefined = () => undefined,
): Promise<SetChecker> {
  const known = new Map<string, Promise<Guide | undefined>>()
  return async (transaction, delimiters) => {
    const { set, envelope } = transaction
    const own = guidesOf(envelope)
    const key = `${envelope.version} ${set} ${own?.partner ?? ''}`
    const guide = await (known.get(key) ?? remember(known, key, guideOf(envelope.version, set, own)))
    return guide === undefined ? [] : checkTransaction(transaction, guide, delimiters)
  }
}

async function guideOf(version: string, set: string, own: GuidesOfPartner | undefined): Promise<Guide | undefined> {
  const guide = await loadGuide(version, set)
  if (guide === undefined || own === undefined) return guide
  return own.guides.reduce((laid, partnerGuide) => applyPartnerGuide(laid, partnerGuide, own.partner), guide)
}

function remember<Value>(known: Map<string, Value>, key: string, value: Value): Value {
  known.set(key, value)
  return value
}
