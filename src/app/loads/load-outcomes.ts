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
import { identityText } from './row-identity.js'

/**
 * loaded: an extract or the ERP's result file shows it. rejected: the result file says so. not-seen: sent, and nothing shows it yet.
 * given-back: it was refused or lost, and somebody decided that it goes into another load.
 */
export type RowOutcome = 'not-sent' | 'loaded' | 'rejected' | 'not-seen' | 'given-back'

/**
 * not-sent: it has not gone out. awaited: what shows it may still come. loaded: every row that it has not given back is there.
 * partly-loaded: some were rejected, or are not there though it is time. nothing-loaded: none is there, though all were rejected or it is
 * time. given-back: nothing of it is left in it.
 */
export type LoadVerdict = 'not-sent' | 'awaited' | 'loaded' | 'partly-loaded' | 'nothing-loaded' | 'given-back'

export interface LoadOutcomes {
  readonly verdict: LoadVerdict
  /** Invoices, or rows of the matcher's tables. */
  readonly rows: number
  readonly loaded: number
  readonly rejected: number
  readonly notSeen: number
  readonly givenBack: number
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
    if (shown.get(id) === 'loaded') return 'loaded'
    if (shown.get(id) === 'given-back') return 'given-back'
    if (told.get(id)?.status === 'loaded') return 'loaded'
    return told.get(id)?.status === 'rejected' ? 'rejected' : 'not-seen'
  }
  const byId = new Map(ids.map((id) => [id, outcomeOf(id)]))
  const count = (outcome: RowOutcome) => [...byId.values()].filter((one) => one === outcome).length
  const tally = {
    rows: byId.size,
    loaded: count('loaded'),
    rejected: count('rejected'),
    notSeen: count('not-seen'),
    givenBack: count('given-back'),
  }
  const settings = workspace.jobs.get(load.job)?.loads.find(({ template }) => template === load.template)
  const until = Date.parse(load.sent_at ?? now()) + (settings?.['confirm-hours'] ?? 48) * HOUR
  return { verdict: verdictOf(load, tally, Date.parse(now()) > until), ...tally, byId, told }
}

type Tally = Pick<LoadOutcomes, 'rows' | 'loaded' | 'rejected' | 'notSeen' | 'givenBack'>

function verdictOf({ status }: LoadRow, { rows, loaded, rejected, givenBack }: Tally, isTime: boolean): LoadVerdict {
  if (status !== 'sent') return 'not-sent'
  const left = rows - givenBack
  if (left === 0) return 'given-back'
  if (loaded === left) return 'loaded'
  if (loaded === 0 && (isTime || rejected === left)) return 'nothing-loaded'
  return isTime || rejected > 0 ? 'partly-loaded' : 'awaited'
}

type Shown = 'loaded' | 'given-back' | null

/** What the store itself holds of each row of the load. */
async function shownByExtracts(database: StateDatabase, { id }: LoadRow): Promise<Map<string, Shown>> {
  const invoices = await invoicesOfLoad(database, id)
  const rows = await rowsOfLoad(database, id)
  const shown = (givenBackAt: string | null, isThere: boolean): Shown =>
    givenBackAt !== null ? 'given-back' : isThere ? 'loaded' : null
  return new Map([
    ...invoices.map((one): [string, Shown] => [one.invoice_id, shown(one.given_back_at, one.state === 'vouchered')]),
    ...rows.map((row): [string, Shown] => [identityText(row), shown(row.given_back_at, row.confirmed_at !== null)]),
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
