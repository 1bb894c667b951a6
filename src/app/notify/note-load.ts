import path from 'node:path'
import { decimal } from '../../canonical/index.js'
import type { PlannedLoad, StateDatabase } from '../../state/index.js'
import { otherCurrencies } from '../loads/list-loads.js'
import type { Tools } from '../tools.js'
import { recipientsOf } from './owners.js'
import { queueNotice } from './queue-notice.js'

/**
 * Tells of a load that waits for an approval: those who may approve it and are reached, and whom the settings name for it. Call it inside
 * the transaction that books the load.
 */
export async function noteLoadWaits(
  database: StateDatabase,
  load: PlannedLoad['load'],
  approvers: readonly string[],
  { workspace }: Pick<Tools, 'workspace'>,
): Promise<void> {
  const { settings } = workspace
  const { approvals, operators } = settings.notify ?? {}
  const named = [...approvers, ...(approvals === undefined ? [] : [approvals])].filter(
    (owner) => recipientsOf(owner, settings).length > 0,
  )
  const owners = named.length > 0 ? named : operators === undefined ? [] : [operators]
  const notice = {
    kind: 'load-waits',
    load: load.id,
    job: load.job,
    file: path.basename(load.file ?? ''),
    rows: load.lines,
    amount: decimal(load.amount),
    currency: load.currency ?? settings.currency,
    ...otherCurrencies({ other_currencies: load.other_currencies ?? null }),
  } as const
  const telling = { settings, now: load.planned_at, run: load.run_id }
  for (const owner of new Set(owners)) await queueNotice(database, owner, notice, { subject: load.id }, telling)
}
