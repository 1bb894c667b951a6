import { type DecimalText, decimal } from '../canonical/index.js'
import { type ExceptionStatus, unsettled } from '../exceptions/index.js'
import { listExceptions, type StoredException } from './exceptions.js'
import type { StateDatabase } from './open-state.js'
import { settingsOf } from './run-settings.js'
import type { RunRow } from './runs.js'

export interface ComparableInvoice {
  readonly partner: string
  readonly number: string
  readonly company: string | null
  readonly outcome: string
  readonly amount: DecimalText
  readonly codes: readonly string[]
  /** The run put it into a load. */
  readonly isLoaded: boolean
}

/** What a run left behind, in terms that mean the same in another workspace. */
export interface ComparableRun {
  readonly run: RunRow
  /** A later run of the job has judged since: invoices and rows are those that it did not judge again. */
  readonly isLast: boolean
  /** Every exception of the job with its status and money as they were when the run had ended. */
  readonly exceptions: readonly StoredException[]
  readonly invoices: readonly ComparableInvoice[]
  /** Rows written to the ERP by the run: table, key (JSON list), hash of what was written. */
  readonly rows: readonly { readonly table: string; readonly key: string; readonly hash: string }[]
  /** Files of the job that had come by the end of the run. */
  readonly files: readonly { readonly name: string; readonly sha256: string }[]
  /** Numbers of the documents read from them. */
  readonly documents: ReadonlySet<string>
  readonly settings: Awaited<ReturnType<typeof settingsOf>>
}

export async function comparableRun(database: StateDatabase, run: RunRow): Promise<ComparableRun> {
  const { id, job } = run
  const ended = run.finished_at ?? run.started_at
  const later = await database
    .selectFrom('runs')
    .select('id')
    .where('job', '=', job)
    .where('number', '>', run.number)
    .where('status', 'in', ['done', 'partial'])
    .executeTakeFirst()
  const files = await database
    .selectFrom('files')
    .select(['id', 'name', 'sha256'])
    .where('job', '=', job)
    .where('taken_at', '<=', ended)
    .orderBy('id')
    .execute()
  const documents = await database
    .selectFrom('documents')
    .select('business_key')
    .where('job', '=', job)
    .where('taken_at', '<=', ended)
    .execute()
  const rows = await database
    .selectFrom('load_rows')
    .innerJoin('loads', 'loads.id', 'load_rows.load_id')
    .select(['load_rows.table_name as table', 'load_rows.row_key as key', 'load_rows.content_hash as hash'])
    .where('loads.run_id', '=', id)
    .execute()
  return {
    run,
    isLast: later === undefined,
    exceptions: await exceptionsAt(database, job, ended),
    invoices: await invoicesOf(database, id),
    rows,
    files,
    documents: new Set(documents.map(({ business_key }) => business_key)),
    settings: await settingsOf(database, id),
  }
}

/** As they were at an instant: an event is written whenever status or money changes, so the last one before it says both. */
async function exceptionsAt(database: StateDatabase, job: string, at: string): Promise<StoredException[]> {
  const events = await database
    .selectFrom('exception_events')
    .innerJoin('exceptions', 'exceptions.id', 'exception_events.exception_id')
    .select(['exception_events.exception_id as id', 'exception_events.status', 'exception_events.amount_at_risk'])
    .where('exceptions.job', '=', job)
    .where('exception_events.at', '<=', at)
    .orderBy('exception_events.at')
    .orderBy('exception_events.number')
    .execute()
  const last = new Map(events.map((event) => [event.id, event]))
  return (await listExceptions(database, { job })).flatMap((exception) => {
    const then = last.get(exception.id)
    if (then === undefined) return []
    return [{ ...exception, status: then.status as ExceptionStatus, amountAtRisk: decimal(then.amount_at_risk) }]
  })
}

export const isUnsettled = ({ status }: Pick<StoredException, 'status'>): boolean => unsettled.includes(status)

async function invoicesOf(database: StateDatabase, runId: string): Promise<ComparableInvoice[]> {
  const rows = await database
    .selectFrom('invoice_results')
    .innerJoin('documents', 'documents.id', 'invoice_results.invoice_id')
    .leftJoin('load_invoices', 'load_invoices.invoice_id', 'invoice_results.invoice_id')
    .leftJoin('loads', 'loads.id', 'load_invoices.load_id')
    .select([
      'documents.partner',
      'documents.business_key as number',
      'documents.company',
      'invoice_results.outcome',
      'invoice_results.amount',
      'invoice_results.codes',
      'loads.run_id as loadedBy',
    ])
    .where('invoice_results.run_id', '=', runId)
    .orderBy('documents.partner')
    .orderBy('documents.business_key')
    .execute()
  return rows.map(({ amount, codes, loadedBy, ...invoice }) => ({
    ...invoice,
    amount: decimal(amount),
    codes: codes === '' ? [] : codes.split(','),
    isLoaded: loadedBy === runId,
  }))
}
