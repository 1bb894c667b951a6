import type { JobLoad, JobSettings } from '../../config/index.js'
import type { LoadInvoice, LoadPlan } from '../../outputs/load/index.js'
import {
  appendAudit,
  decisionsOfLoad,
  giveBack,
  invoicesOfLoad,
  type LoadDecision,
  type LoadRow,
  listLoads,
  loadPlan,
  rowsOfLoad,
  type StateDatabase,
  saveLoadEvent,
  setLoadStatus,
} from '../../state/index.js'
import type { Run } from '../run.js'
import type { Tools } from '../tools.js'
import { madeBy, originOf, templateOf } from './book-load.js'
import { identityText } from './row-identity.js'

/** What tonight's rules would write, by the id the store knows it by: an invoice's document, or a row's identity. */
export interface Payable {
  /** Undefined for a row of a table, whose identity says all that is written of it. */
  readonly invoice?: LoadInvoice
  readonly decisions: readonly LoadDecision[]
}

export interface Reconsidered {
  /** Ids that loads hold which still wait, and would be written tonight as they hold them. */
  readonly held: ReadonlySet<string>
  /** Takes the loads out that would be written otherwise tonight: what of them is still good goes into a new one. */
  readonly commit: (database: StateDatabase) => Promise<void>
}

/**
 * Loads that nobody has applied yet, held against tonight's judgement: one stays, with its approval if it has one, when every row of it
 * would be written tonight exactly as it holds it and by the same decisions. Otherwise it is superseded as a whole.
 */
export async function reconsider(
  run: Run,
  job: JobSettings,
  load: JobLoad,
  payable: ReadonlyMap<string, Payable>,
  tools: Tools,
): Promise<Reconsidered> {
  const { database } = tools.state
  const held = new Set<string>()
  const gone: { readonly row: LoadRow; readonly because: string }[] = []
  for (const row of await listLoads(database, { job: job.job, statuses: ['waiting', 'approved'] })) {
    if (row.template !== load.template || row.reverses !== null) continue
    const ids = await idsOf(database, row.id)
    const because = await changeOf(database, row, ids, payable, madeBy(templateOf(load, tools), load))
    if (because === undefined) for (const id of ids) held.add(id)
    else gone.push({ row, because })
  }
  return {
    held,
    commit: async (transaction) => {
      const [at, { actor }] = [tools.now(), originOf(run)]
      for (const { row, because } of gone) {
        await setLoadStatus(transaction, row.id, 'superseded')
        await giveBack(transaction, row.id, at)
        const event = { load_id: row.id, at, event: 'superseded' as const, person: null, actor, reason: because }
        await saveLoadEvent(transaction, { ...event, sha256: row.sha256 })
        await appendAudit(transaction, {
          at,
          actor,
          action: 'load superseded',
          subject: row.id,
          detail: { was: row.status, because, sha256: row.sha256 },
        })
      }
    },
  }
}

async function idsOf(database: StateDatabase, loadId: string): Promise<string[]> {
  const invoices = await invoicesOfLoad(database, loadId)
  const rows = await rowsOfLoad(database, loadId)
  return [...invoices.map(({ invoice_id }) => invoice_id), ...rows.map(identityText)]
}

/** Why a load is not what would be written tonight, in words; undefined: it is. */
async function changeOf(
  database: StateDatabase,
  { id }: LoadRow,
  ids: readonly string[],
  payable: ReadonlyMap<string, Payable>,
  made: string,
): Promise<string | undefined> {
  const stored = await loadPlan(database, id)
  if (stored === undefined || stored.made_by !== made) return 'its template or the values of the job are others now'
  const missing = ids.filter((one) => !payable.has(one)).length
  if (missing > 0) return `${missing} of its ${ids.length} rows are judged otherwise by now`
  const plan = JSON.parse(stored.plan) as LoadPlan
  const changed = plan.invoices.filter(
    (invoice) => JSON.stringify(payable.get(invoice.invoiceId)?.invoice) !== JSON.stringify(invoice),
  ).length
  if (changed > 0) return `${changed} of its invoices would be written otherwise by now`
  const before = await decisionsOfLoad(database, id)
  const now = ids.flatMap((one) => payable.get(one)?.decisions ?? [])
  return decisionsText(before) === decisionsText(now) ? undefined : 'what was decided about its rows is another by now'
}

const decisionsText = (decisions: readonly LoadDecision[]): string => {
  const texts = decisions.map(({ subject, exception_id, decision, decided_by, agreed_by }) =>
    JSON.stringify([subject, exception_id, decision, decided_by, agreed_by]),
  )
  return [...new Set(texts)].sort().join('\n')
}
