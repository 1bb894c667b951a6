import {
  confirmationsOf,
  deliveriesOfKeys,
  deliveriesOfLoads,
  type LoadRow,
  loadEvents,
  loadResults,
  loadsOfInvoices,
  loadsReversing,
  type StateDatabase,
  type StoredLoadEvent,
  type StoredLoadResult,
  sentSetsOf,
  type TracedDocument,
  type TracedLoadRow,
} from '../../state/index.js'
import { identityText } from '../loads/row-identity.js'
import { money } from '../money-text.js'
import { deliveryEntries } from './file-entries.js'
import type { TraceEntry } from './timeline.js'

/**
 * What was written to the ERP of these invoices and rows, who approved it and took it back, when it was there, what the ERP said of it, and
 * when an extract showed it.
 */
export async function loadEntries(
  database: StateDatabase,
  invoices: readonly TracedDocument[],
  rows: readonly TracedLoadRow[],
): Promise<TraceEntry[]> {
  const numbers = new Map(invoices.map(({ id, business_key }) => [id, business_key]))
  const loads = await loadsOfInvoices(database, [...numbers.keys()])
  const own = [...new Set([...loads, ...rows].map(({ id }) => id))]
  const reversing = await loadsReversing(database, own)
  const all = [...own, ...reversing.map(({ id }) => id)]
  const deliveries = await deliveriesOfLoads(database, all)
  const events = (await loadEvents(database, all)).filter(({ event }) => event !== 'planned')
  const ids = new Set([
    ...[...numbers.keys()].flatMap((id) => [id, `reversal of ${id}`]),
    ...rows.map((row) => identityText(row)),
  ])
  const results = (await loadResults(database, all)).filter(({ row_id }) => ids.has(row_id))
  const confirmed = await Promise.all(
    loads.map(async ({ invoice_id }) => ({ invoice_id, entries: await confirmationsOf(database, invoice_id) })),
  )
  return [
    ...loads.map((load) =>
      plannedEntry(
        load,
        `invoice ${numbers.get(load.invoice_id)} in load ${load.id} by ${load.template}, ${money(load.invoice_amount, load.currency)}`,
      ),
    ),
    ...rows.map((row) => plannedEntry(row, `${rowSaid(row)} in load ${row.id} by ${row.template}`)),
    ...reversing.map((load) =>
      plannedEntry(load, `load ${load.id} takes load ${load.reverses} back, asked for by ${load.requested_by}`),
    ),
    ...events.map((event) => eventEntry(event)),
    ...deliveries.flatMap((file) => deliveryEntries(file, `load ${file.load_id}`, 'delivery')),
    ...results.map((result) => resultEntry(result)),
    ...confirmed.flatMap(({ invoice_id, entries }) =>
      entries.map(
        ({ at, actor }): TraceEntry => ({
          at,
          stage: 'voucher',
          id: invoice_id,
          said: `invoice ${numbers.get(invoice_id)} seen in the ERP's vouchers`,
          run: actor.replace(/^run /, ''),
          actor: null,
          places: [],
        }),
      ),
    ),
    ...rows.flatMap((row): TraceEntry[] =>
      row.confirmed_at === null
        ? []
        : [
            {
              at: row.confirmed_at,
              stage: 'voucher',
              id: row.id,
              said: `${rowSaid(row)} seen in the ERP's extract`,
              run: null,
              actor: null,
              places: [],
            },
          ],
    ),
  ]
}

const rowSaid = ({ table_name, row_key }: TracedLoadRow): string =>
  `${table_name} ${(JSON.parse(row_key) as unknown[]).join(' ')}`

const plannedEntry = (
  load: Pick<LoadRow, 'id' | 'planned_at' | 'run_id' | 'requested_by'>,
  said: string,
): TraceEntry => ({
  at: load.planned_at,
  stage: 'load',
  id: load.id,
  said,
  run: load.requested_by === null ? load.run_id : null,
  actor: load.requested_by,
  places: [],
})

const eventEntry = ({ at, load_id, event, person, actor, reason }: StoredLoadEvent): TraceEntry => ({
  at,
  stage: 'approval',
  id: load_id,
  said: `load ${load_id} ${event} by ${person ?? actor}${reason === null ? '' : `: ${reason}`}`,
  run: actor.startsWith('run ') ? actor.replace(/^run /, '') : null,
  actor: person ?? (actor.startsWith('run ') ? null : actor),
  places: [],
})

const resultEntry = (result: StoredLoadResult): TraceEntry => {
  const { load_id, reference, status, reason_code, reason, erp_number, file_name, file_sha256, record } = result
  const why = [reason_code, reason].filter(Boolean).join(': ')
  return {
    at: result.told_at,
    stage: 'result',
    id: load_id,
    said: `the ERP says ${status} of ${reference} in load ${load_id}${why === '' ? '' : `: ${why}`}${erp_number === null ? '' : `, as ${erp_number}`}`,
    run: null,
    actor: null,
    places:
      file_name === null
        ? []
        : [
            {
              file: file_name,
              ...(file_sha256 === null ? {} : { sha256: file_sha256 }),
              ...(record === null ? {} : { record }),
            },
          ],
  }
}

/** What we sent a partner under this number, and what it answered. */
export async function sentEntries(database: StateDatabase, number: string): Promise<TraceEntry[]> {
  const sets = await sentSetsOf(database, number)
  const deliveries = await deliveriesOfKeys(database, [...new Set(sets.map(({ idempotency_key }) => idempotency_key))])
  return sets.flatMap((set) => {
    const what = `${set.transaction_set} ${number} to ${set.partner_name}, interchange ${set.interchange_control}`
    const files = deliveries.filter(({ idempotency_key }) => idempotency_key === set.idempotency_key)
    const answer: TraceEntry[] =
      set.answered_at === null
        ? []
        : [
            {
              at: set.answered_at,
              stage: 'acknowledgment',
              id: set.control,
              said: `${set.partner_name} answered ${set.transaction_set} ${number}: ${set.state}`,
              run: null,
              actor: null,
              places: [],
            },
          ]
    return [...files.flatMap((file) => deliveryEntries(file, what, 'sent')), ...answer]
  })
}
