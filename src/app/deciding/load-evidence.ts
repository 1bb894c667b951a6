import type { ExceptionCode } from '../../canonical/index.js'
import { MatchbookError } from '../../errors/index.js'
import { type Decision, type Effect, isSamePerson } from '../../exceptions/index.js'
import {
  decisionsOfLoad,
  type LoadDecision,
  listExceptions,
  type StateDatabase,
  standingDecisionsOf,
} from '../../state/index.js'
import { saysNoDuplicate } from './no-duplicates.js'
import { standingEffect } from './released-invoices.js'
import { type Shortened, tooMuch } from './short-pay.js'

/** A standing decision about an invoice, with what a load needs of its exception. */
export interface EvidencedDecision extends Shortened {
  readonly exception: number
  readonly code: ExceptionCode
  readonly effect: Effect
  /** Line of the invoice, as in its keys. */
  readonly invoiceLine: string | undefined
  readonly decision: Decision
}

/** By document. */
export async function standingDecisions(
  database: StateDatabase,
  job: string,
): Promise<ReadonlyMap<string, readonly EvidencedDecision[]>> {
  const found = new Map<string, EvidencedDecision[]>()
  for (const exception of await listExceptions(database, { job, statuses: ['decided', 'healed'] })) {
    const { document, decision, code, keys } = exception
    const effect = saysNoDuplicate(exception) ? 'release' : standingEffect(exception)
    if (document === null || decision === null || effect === undefined) continue
    const own = found.get(document) ?? []
    const amount = tooMuch(exception)
    own.push({ exception: exception.id, code, effect, amount, invoiceLine: keys.invoiceLine, decision })
    found.set(document, own)
  }
  return found
}

/** What is kept with the load, whatever becomes of the exceptions. */
export const evidenceOf = (invoice: {
  readonly document: { readonly id: string }
  readonly decisions: readonly EvidencedDecision[]
}): LoadDecision[] =>
  invoice.decisions.map(({ exception, code, decision }) => ({
    subject: invoice.document.id,
    exception_id: exception,
    code,
    decision: decision.decision,
    decided_by: decision.decidedBy,
    agreed_by: decision.agreedBy,
    note: decision.note,
  }))

/**
 * Who decides what is paid does not approve its payment: for whoever approves a load.
 * @throws APPROVER-DECIDED naming the first exception
 */
export async function assertMayApprove(database: StateDatabase, loadId: string, person: string): Promise<void> {
  const own = (await decisionsOfLoad(database, loadId)).find(
    ({ decided_by, agreed_by }) =>
      isSamePerson(decided_by, person) || (agreed_by !== null && isSamePerson(agreed_by, person)),
  )
  if (own === undefined) return
  throw new MatchbookError(
    'APPROVER-DECIDED',
    `${person} decided ${own.decision} for ${own.code}, by which load ${loadId} holds ${own.subject}`,
    { facts: { load: loadId, exception: own.exception_id } },
  )
}

/**
 * What was decided about the rows of a load is still decided so, by the same people: nobody has taken it back since it was planned. One who
 * decided it anew is not among those whom the load names, and could approve their own decision.
 * @throws LOAD-OUTDATED naming the first exception
 */
export async function assertDecisionsStand(database: StateDatabase, loadId: string): Promise<void> {
  const decisions = await decisionsOfLoad(database, loadId)
  const standing = await standingDecisionsOf(
    database,
    decisions.map(({ exception_id }) => exception_id),
  )
  const gone = decisions.find(({ exception_id, decision, decided_by, agreed_by }) => {
    const now = standing.get(exception_id)
    return now?.decision !== decision || now.decidedBy !== decided_by || now.agreedBy !== agreed_by
  })
  if (gone === undefined) return
  const now = standing.get(gone.exception_id)
  const since =
    now === undefined
      ? 'that was taken back'
      : `since then ${[now.decidedBy, now.agreedBy].filter(Boolean).join(' and ')} decided ${now.decision}`
  throw new MatchbookError(
    'LOAD-OUTDATED',
    `load ${loadId} holds ${gone.subject} because ${gone.decided_by} decided ${gone.decision} for ${gone.code}, and ${since}`,
    { facts: { load: loadId, exception: gone.exception_id } },
  )
}
