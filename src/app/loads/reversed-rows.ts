import { MatchbookError } from '../../errors/index.js'
import { type LoadPlan, reversedInvoiceId } from '../../outputs/load/index.js'
import { findLoad, type LoadRow, loadPlan, loadsReversing, type StateDatabase } from '../../state/index.js'
import type { Tools } from '../tools.js'
import { loadOutcomes } from './load-outcomes.js'

/** What a reversal takes back, row by row: the ids by which the store knows what the other load wrote there. */
export interface ReversedRow {
  /** As people know it. */
  readonly name: string
  readonly ids: readonly string[]
  readonly isInvoice: boolean
}

export async function reversedRows(database: StateDatabase, { id }: Pick<LoadRow, 'id'>): Promise<ReversedRow[]> {
  const stored = await loadPlan(database, id)
  if (stored === undefined) return []
  const { invoices, tables } = JSON.parse(stored.plan) as LoadPlan
  return [
    ...invoices.map(({ invoiceId, number }) => ({
      name: `invoice ${number}`,
      ids: [reversedInvoiceId(invoiceId)],
      isInvoice: true,
    })),
    ...Object.entries(tables).flatMap(([table, { rows }]) =>
      rows.map(({ key, identities }) => ({ name: `${table} ${key}`, ids: identities, isInvoice: false })),
    ),
  ]
}

/** Invoices of a load that another, on its way or sent, takes back: sent again they would meet the credit that undoes them. */
export async function invoicesTakenBack(database: StateDatabase, loadId: string): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  for (const reversal of await loadsReversing(database, [loadId])) {
    if (reversal.status !== 'planned' && reversal.status !== 'sent') continue
    for (const { ids, isInvoice } of await reversedRows(database, reversal)) if (isInvoice) found.add(ids[0] ?? '')
  }
  return found
}

/**
 * What a reversal takes back is still in the ERP, or may be: since it was asked for the ERP has refused none of it, and nothing of it was
 * given to another load. A credit for an invoice that never came, or that comes with another load, is money lost.
 * @throws LOAD-OUTDATED naming the first row
 */
export async function assertReversalStands(load: LoadRow, tools: Pick<Tools, 'state' | 'workspace' | 'now'>) {
  const original = load.reverses === null ? undefined : await findLoad(tools.state.database, load.reverses)
  if (original === undefined) return
  const { byId } = await loadOutcomes(tools, original)
  const isThere = (id: string): boolean => byId.get(id) === 'loaded' || byId.get(id) === 'not-seen'
  const gone = (await reversedRows(tools.state.database, load)).find(({ ids }) => !ids.some(isThere))
  if (gone === undefined) return
  const because = gone.ids.some((id) => byId.get(id) === 'rejected')
    ? 'the ERP refused it since'
    : 'it was given to another load since'
  throw new MatchbookError(
    'LOAD-OUTDATED',
    `load ${load.id} takes ${gone.name} of load ${original.id} back, and ${because}`,
    {
      hint: `Nothing was sent. Reject it with: matchbook loads reject ${load.id}; then ask for another with: matchbook loads revert ${original.id}`,
      facts: { load: load.id, reverses: original.id },
    },
  )
}
