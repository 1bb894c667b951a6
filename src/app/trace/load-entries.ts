import {
  confirmationsOf,
  deliveriesOfKeys,
  deliveriesOfLoads,
  loadsOfInvoices,
  type StateDatabase,
  sentSetsOf,
  type TracedDocument,
} from '../../state/index.js'
import { deliveryEntries } from './file-entries.js'
import type { TraceEntry } from './timeline.js'

/** What was written to the ERP of these invoices, when it was there, and when an extract showed the vouchers. */
export async function loadEntries(database: StateDatabase, invoices: readonly TracedDocument[]): Promise<TraceEntry[]> {
  const numbers = new Map(invoices.map(({ id, business_key }) => [id, business_key]))
  const loads = await loadsOfInvoices(database, [...numbers.keys()])
  const deliveries = await deliveriesOfLoads(database, [...new Set(loads.map(({ id }) => id))])
  const confirmed = await Promise.all(
    loads.map(async ({ invoice_id }) => ({ invoice_id, entries: await confirmationsOf(database, invoice_id) })),
  )
  return [
    ...loads.map(
      (load): TraceEntry => ({
        at: load.planned_at,
        stage: 'load',
        id: load.id,
        said: `invoice ${numbers.get(load.invoice_id)} in load ${load.id} by ${load.template}, ${load.currency} ${load.invoice_amount}`,
        run: load.run_id,
        actor: null,
        places: [],
      }),
    ),
    ...deliveries.flatMap((file) => deliveryEntries(file, `load ${file.load_id}`, 'delivery')),
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
  ]
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
