import { eachBatch } from './each-batch.js'
import type { StateDatabase } from './open-state.js'
import type { DocumentState } from './schema.js'

/** A run of the past, and when it judged. */
export interface PastRun {
  readonly id: string
  readonly startedAt: string
  readonly judgedAt: string
}

/** Documents as they stood when a run judged. */
export interface DocumentsThen {
  /** Of those that the run saw and that were purged since. */
  readonly purged: number
  /** Invoices that an earlier run had loaded, or the ERP's vouchers had shown. */
  readonly gone: ReadonlySet<string>
}

/**
 * Makes a copy of the store ready for `rewindDocuments`: what is in quarantine now, and what was proposed and never agreed to, has no part
 * in it.
 */
export async function readyToRewind(copy: StateDatabase): Promise<void> {
  await copy.updateTable('documents').set({ kind: 'in quarantine' }).where('state', '=', 'quarantined').execute()
  await copy.deleteFrom('decisions').where('state', '=', 'proposed').execute()
}

/**
 * Puts a copy of the store back to what a run had before it, as far as judging asks: documents that came later are hidden, and invoices are
 * open, loaded or vouchered as they were; decisions stand as they stood. Only ever for a copy that is thrown away.
 */
export async function rewindDocuments(copy: StateDatabase, run: PastRun): Promise<DocumentsThen> {
  const loaded = await copy
    .selectFrom('load_invoices')
    .innerJoin('loads', 'loads.id', 'load_invoices.load_id')
    .select('load_invoices.invoice_id')
    // One that had to be approved holds its invoices from its application on; before that they were judged each night.
    .where((eb) =>
      eb.or([
        eb.and([eb('loads.approval', 'is', null), eb('loads.planned_at', '<', run.startedAt)]),
        eb.exists(
          eb
            .selectFrom('load_events')
            .select('load_events.id')
            .whereRef('load_events.load_id', '=', 'loads.id')
            .where('load_events.event', '=', 'applied')
            .where('load_events.at', '<', run.startedAt),
        ),
      ]),
    )
    .where((eb) => eb.or([eb('given_back_at', 'is', null), eb('given_back_at', '>=', run.startedAt)]))
    .execute()
  const vouchered = await confirmedBefore(copy, run.startedAt)
  const states = new Map<string, DocumentState>(loaded.map(({ invoice_id }) => [invoice_id, 'loaded']))
  for (const id of vouchered) states.set(id, 'vouchered')
  await copy.updateTable('documents').set({ state: 'open' }).execute()
  await setStates(copy, states)
  // None is in quarantine: that is how what came later is hidden.
  await copy.updateTable('documents').set({ state: 'quarantined' }).where('taken_at', '>', run.judgedAt).execute()
  await rewindDecisions(copy, run.startedAt)
  const { purged } = await copy
    .selectFrom('documents')
    .select((eb) => eb.fn.countAll().as('purged'))
    .where('kind', '=', 'invoice')
    .where('state', 'in', ['open', 'loaded'])
    .where('purged_at', 'is not', null)
    .executeTakeFirstOrThrow()
  return { purged: Number(purged), gone: new Set(states.keys()) }
}

async function setStates(copy: StateDatabase, states: ReadonlyMap<string, DocumentState>): Promise<void> {
  for (const state of ['loaded', 'vouchered'] as const) {
    const ids = [...states].flatMap(([id, its]) => (its === state ? [id] : []))
    await eachBatch(ids, async (some) => {
      await copy
        .updateTable('documents')
        .set({ state })
        .where('id', 'in', some)
        .where('state', 'in', ['open', 'loaded', 'vouchered'])
        .execute()
      return []
    })
  }
}

/** What earlier runs found in the ERP's vouchers, as the audit chain tells it. */
async function confirmedBefore(copy: StateDatabase, before: string): Promise<ReadonlySet<string>> {
  const rows = await copy
    .selectFrom('audit')
    .select('detail')
    .where('action', '=', 'exceptions settled')
    .where('at', '<', before)
    .execute()
  return new Set(rows.flatMap(({ detail }) => (JSON.parse(detail) as { confirmed?: string[] }).confirmed ?? []))
}

async function rewindDecisions(copy: StateDatabase, at: string): Promise<void> {
  await copy
    .updateTable('decisions')
    .set({ state: 'ended' })
    .where((eb) =>
      eb.or([
        eb(eb.fn.coalesce('agreed_at', 'decided_at'), '>=', at),
        eb.and([eb('ended_at', 'is not', null), eb('ended_at', '<', at)]),
      ]),
    )
    .execute()
  await copy
    .updateTable('decisions')
    .set({ state: 'standing' })
    .where('state', '=', 'ended')
    .where((eb) => eb.fn.coalesce('agreed_at', 'decided_at'), '<', at)
    .where((eb) => eb.or([eb('ended_at', 'is', null), eb('ended_at', '>=', at)]))
    .execute()
}

/** Of these inputs the files with these hashes are those to read, and no other. */
export async function rewindFiles(
  copy: StateDatabase,
  inputs: readonly { readonly job: string; readonly input: string }[],
  hashes: readonly string[],
): Promise<void> {
  for (const { job, input } of inputs) {
    const files = copy.updateTable('files').where('job', '=', job).where('input', '=', input)
    await files
      .set({ disposition: 'superseded' })
      .where('disposition', 'in', ['taken', 'read', 'quarantined'])
      .execute()
    if (hashes.length > 0)
      await files.set({ disposition: 'read' }).where('sha256', 'in', hashes).where('purged_at', 'is', null).execute()
  }
}

/** Invoices that the loads of a run took, with the amounts they were paid at. */
export async function invoicesTakenBy(database: StateDatabase, runId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await database
    .selectFrom('load_invoices')
    .innerJoin('loads', 'loads.id', 'load_invoices.load_id')
    .select(['load_invoices.invoice_id', 'load_invoices.amount'])
    .where('loads.run_id', '=', runId)
    .where('given_back_at', 'is', null)
    .execute()
  return new Map(rows.map(({ invoice_id, amount }) => [invoice_id, amount]))
}

/** Nights that were judged as of these days, in the order in which they were. Replays and backfills are not history: they judge it again. */
export const nightsBetween = (database: StateDatabase, from: string, to: string) =>
  database
    .selectFrom('runs')
    .selectAll()
    .where('kind', '=', 'night')
    .where('status', 'in', ['done', 'partial'])
    .where('as_of', '>=', from)
    .where('as_of', '<=', to)
    .orderBy('number')
    .execute()

/** Whose an invoice is, whatever became of it. */
export const invoicesOfIds = (database: StateDatabase, ids: readonly string[]) =>
  eachBatch(ids, (some) =>
    database.selectFrom('documents').select(['id', 'business_key', 'partner']).where('id', 'in', some).execute(),
  )
