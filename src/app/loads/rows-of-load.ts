import type { LoadTemplate } from '../../config/index.js'
import { type LoadPlan, type WrittenRow, writtenRows } from '../../outputs/load/index.js'
import { decisionsOfLoad, type LoadRow, loadPlan, type StateDatabase } from '../../state/index.js'
import { exceptionId } from '../exceptions/list-exceptions.js'
import type { LoadOutcomes, RowOutcome } from './load-outcomes.js'

/** A decision that let a row go. */
export interface RowDecision {
  readonly exception: string
  readonly code: string
  readonly decision: string
  readonly decidedBy: string
  readonly agreedBy: string | null
  readonly note: string | null
}

/** A row of a load with what is behind it and what became of it; the shape is part of the published surface. */
export interface LoadRowListing extends Omit<WrittenRow, 'ids'> {
  /** Empty: the matcher's rules found nothing against it. */
  readonly decisions: readonly RowDecision[]
  readonly outcome: RowOutcome
  /** What the ERP said of it, as code and words. */
  readonly said: string | null
}

/** All rows of a load; null for one whose plan is not kept. */
export async function rowsOfLoad(
  database: StateDatabase,
  load: LoadRow,
  template: LoadTemplate,
  outcomes: LoadOutcomes,
): Promise<{ readonly plan: LoadPlan; readonly rows: readonly LoadRowListing[] } | null> {
  const stored = await loadPlan(database, load.id)
  if (stored === undefined) return null
  const plan = JSON.parse(stored.plan) as LoadPlan
  const decisions = new Map<string, RowDecision[]>()
  for (const one of await decisionsOfLoad(database, load.id)) {
    const { exception_id, code, decision, decided_by, agreed_by, note } = one
    const said = {
      exception: exceptionId(exception_id),
      code,
      decision,
      decidedBy: decided_by,
      agreedBy: agreed_by,
      note,
    }
    decisions.set(one.subject, [...(decisions.get(one.subject) ?? []), said])
  }
  const rows = writtenRows(template, plan).map(({ ids, ...row }): LoadRowListing => {
    const told = ids.flatMap((id) => outcomes.told.get(id) ?? [])[0]
    const reason = [told?.reason_code, told?.reason].filter(Boolean).join(': ')
    return {
      ...row,
      decisions: [...new Set(ids.map(subjectOf))].flatMap((subject) => decisions.get(subject) ?? []),
      outcome: worstOf(ids.map((id) => outcomes.byId.get(id) ?? 'not-sent')),
      said: reason === '' ? null : reason,
    }
  })
  return { plan, rows }
}

/** What decisions name: the document of an invoice, the key of a row in its table. */
const subjectOf = (id: string): string => (id.startsWith('[') ? String((JSON.parse(id) as unknown[])[1]) : id)

const worst: readonly RowOutcome[] = ['rejected', 'not-seen', 'not-sent', 'given-back', 'loaded']

const worstOf = (outcomes: readonly RowOutcome[]): RowOutcome =>
  worst.find((outcome) => outcomes.includes(outcome)) ?? 'not-sent'
