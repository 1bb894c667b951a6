import type { AnswerState } from './schema.js'
import type { StateDatabase } from './store.js'

export interface JudgedInvoice {
  readonly id: string
  readonly partner: string
  readonly number: string
  readonly outcome: string
  readonly amount: string
}

/** Invoices taken since an instant that a run has judged, with what the last run made of them; all suppliers. */
export const judgedOfSuppliers = (database: StateDatabase, since: string): Promise<JudgedInvoice[]> =>
  database
    .selectFrom('documents')
    .innerJoin('invoice_results', 'invoice_results.invoice_id', 'documents.id')
    .select(['documents.id', 'documents.partner', 'documents.business_key as number'])
    .select(['invoice_results.outcome', 'invoice_results.amount'])
    .where('documents.taken_at', '>=', since)
    .orderBy('documents.id')
    .execute()

export interface AnsweredGroup {
  readonly partner: string
  readonly state: AnswerState
  readonly sentAt: string | null
  readonly answeredAt: string | null
  /** The partner has so long; null: no answer is due. */
  readonly answerHours: number | null
}

/** Functional groups that left us since an instant and to which an answer is due. */
export const groupsSentSince = (database: StateDatabase, since: string): Promise<AnsweredGroup[]> =>
  database
    .selectFrom('x12_sent_groups')
    .innerJoin('x12_sent', 'x12_sent.id', 'x12_sent_groups.sent_id')
    .innerJoin('outbox', 'outbox.idempotency_key', 'x12_sent.idempotency_key')
    .select(['x12_sent.partner_name as partner', 'x12_sent_groups.state', 'outbox.sent_at as sentAt'])
    .select(['x12_sent_groups.answered_at as answeredAt', 'x12_sent.answer_hours as answerHours'])
    .where('outbox.sent_at', '>=', since)
    .where('x12_sent.answer_hours', 'is not', null)
    .orderBy('x12_sent.id')
    .orderBy('x12_sent_groups.group_control')
    .execute()

/** Bodies of the order acknowledgments of a partner taken since an instant and not purged. */
export async function acknowledgmentsOf(database: StateDatabase, partner: string, since: string): Promise<string[]> {
  const rows = await database
    .selectFrom('documents')
    .select('body')
    .where('partner', '=', partner)
    .where('kind', '=', 'acknowledgment')
    .where('taken_at', '>=', since)
    .where('purged_at', 'is', null)
    .orderBy('file_id')
    .orderBy('byte_offset')
    .execute()
  return rows.map(({ body }) => body)
}
