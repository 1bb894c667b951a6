import type { StateDatabase } from './store.js'

/** When each job last ended as a whole or in part, and how its last run that ended did. Nights only. */
export const lastSuccesses = (database: StateDatabase): Promise<{ job: string; at: string }[]> =>
  database
    .selectFrom('runs')
    .select((eb) => ['job', eb.fn.max<string>('finished_at').as('at')])
    .where('kind', '=', 'night')
    .where('status', 'in', ['done', 'partial'])
    .where('finished_at', 'is not', null)
    .groupBy('job')
    .orderBy('job')
    .execute()

/** The newest file of each input that is of use, by the time it was last written at its source. */
export const newestFiles = (database: StateDatabase): Promise<{ job: string; input: string; modified: string }[]> =>
  database
    .selectFrom('files')
    .select((eb) => ['job', 'input', eb.fn.max<string>('modified').as('modified')])
    .where('disposition', 'in', ['taken', 'read', 'unwrapped', 'superseded'])
    .groupBy(['job', 'input'])
    .orderBy('job')
    .orderBy('input')
    .execute()

export const quarantinedFiles = (database: StateDatabase): Promise<{ job: string; files: number }[]> =>
  database
    .selectFrom('files')
    .select((eb) => ['job', eb.fn.countAll<number>().as('files')])
    .where('disposition', '=', 'quarantined')
    .groupBy('job')
    .orderBy('job')
    .execute()

/** Every invoice taken since an instant that a run has judged: its number, and what the last run made of it. */
export const judgedInvoices = (
  database: StateDatabase,
  since: string,
): Promise<{ job: string; number: string; outcome: string }[]> =>
  database
    .selectFrom('documents')
    .innerJoin('invoice_results', 'invoice_results.invoice_id', 'documents.id')
    .select(['documents.job as job', 'documents.business_key as number', 'invoice_results.outcome as outcome'])
    .where('documents.taken_at', '>=', since)
    .orderBy('documents.id')
    .execute()

/** The last time each endpoint was down and came back. */
export async function lastRecoveries(
  database: StateDatabase,
): Promise<{ endpoint: string; since: string; healedAt: string }[]> {
  const rows = await database
    .selectFrom('audit')
    .select(['subject', 'at', 'detail'])
    .where('action', '=', 'endpoint healed')
    .orderBy('sequence')
    .execute()
  const last = new Map(
    rows.map(({ subject, at, detail }) => [
      subject,
      { endpoint: subject, since: (JSON.parse(detail) as { since: string }).since, healedAt: at },
    ]),
  )
  return [...last.values()].sort((a, b) => (a.endpoint < b.endpoint ? -1 : 1))
}
