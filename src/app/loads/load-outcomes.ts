import type { LoadPlan } from '../../outputs/load/index.js'
import {
  invoicesOfLoad,
  type LoadRow,
  loadPlan,
  loadResults,
  rowsOfLoad,
  type StateDatabase,
  type StoredLoadResult,
} from '../../state/index.js'
import type { Reading } from '../reading.js'
import { identityText } from '../row-identity.js'

/** loaded: an extract or the ERP's result file shows it. rejected: the result file says so. not-seen: sent, and nothing shows it yet. */
export type RowOutcome = 'not-sent' | 'loaded' | 'rejected' | 'not-seen'

/**
 * not-sent: it has not gone out. awaited: what shows it may still come. loaded: every row is there. partly-loaded: some were rejected, or
 * are not there though it is time. nothing-loaded: none is there, though all were rejected or it is time.
 */
export type LoadVerdict = 'not-sent' | 'awaited' | 'loaded' | 'partly-loaded' | 'nothing-loaded'

export interface LoadOutcomes {
  readonly verdict: LoadVerdict
  /** Invoices, or rows of the matcher's tables. */
  readonly rows: number
  readonly loaded: number
  readonly rejected: number
  readonly notSeen: number
  /** Every row by what the store knows it by. */
  readonly byId: ReadonlyMap<string, RowOutcome>
  /** What the ERP's result files said. */
  readonly told: ReadonlyMap<string, StoredLoadResult>
}

const HOUR = 3_600_000

/** What is known of each row of a load in the ERP. */
export async function loadOutcomes(
  { state: { database }, workspace, now }: Pick<Reading, 'state' | 'workspace' | 'now'>,
  load: LoadRow,
): Promise<LoadOutcomes> {
  const told = new Map((await loadResults(database, [load.id])).map((result) => [result.row_id, result]))
  const shown = await shownByExtracts(database, load)
  const ids = await idsOf(database, load, [...shown.keys()])
  const outcomeOf = (id: string): RowOutcome => {
    if (load.status !== 'sent') return 'not-sent'
    if (shown.get(id) === true || told.get(id)?.status === 'loaded') return 'loaded'
    return told.get(id)?.status === 'rejected' ? 'rejected' : 'not-seen'
  }
  const byId = new Map(ids.map((id) => [id, outcomeOf(id)]))
  const count = (outcome: RowOutcome) => [...byId.values()].filter((one) => one === outcome).length
  const tally = { rows: byId.size, loaded: count('loaded'), rejected: count('rejected'), notSeen: count('not-seen') }
  const settings = workspace.jobs.get(load.job)?.loads.find(({ template }) => template === load.template)
  const until = Date.parse(load.sent_at ?? now()) + (settings?.['confirm-hours'] ?? 48) * HOUR
  return { verdict: verdictOf(load, tally, Date.parse(now()) > until), ...tally, byId, told }
}

type Tally = Pick<LoadOutcomes, 'rows' | 'loaded' | 'rejected' | 'notSeen'>

function verdictOf({ status }: LoadRow, { rows, loaded, rejected }: Tally, isTime: boolean): LoadVerdict {
  if (status !== 'sent') return 'not-sent'
  if (loaded === rows) return 'loaded'
  if (loaded === 0 && (isTime || rejected === rows)) return 'nothing-loaded'
  return isTime || rejected > 0 ? 'partly-loaded' : 'awaited'
}

/** What the store itself holds of the load: whether an extract has shown it. */
async function shownByExtracts(database: StateDatabase, { id }: LoadRow): Promise<Map<string, boolean>> {
  const invoices = await invoicesOfLoad(database, id)
  const rows = await rowsOfLoad(database, id)
  return new Map([
    ...invoices.map((one): [string, boolean] => [
      one.invoice_id,
      one.state === 'vouchered' && one.given_back_at === null,
    ]),
    ...rows.map((row): [string, boolean] => [identityText(row), row.confirmed_at !== null]),
  ])
}

/** A load that takes another back has its rows in its plan alone. */
async function idsOf(database: StateDatabase, { id }: LoadRow, known: readonly string[]): Promise<readonly string[]> {
  if (known.length > 0) return known
  const stored = await loadPlan(database, id)
  if (stored === undefined) return []
  const { invoices, tables } = JSON.parse(stored.plan) as LoadPlan
  return [
    ...invoices.map(({ invoiceId }) => invoiceId),
    ...Object.values(tables).flatMap(({ rows }) => rows.flatMap(({ identities }) => identities)),
  ]
}
