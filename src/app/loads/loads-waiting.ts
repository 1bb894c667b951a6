import type { Workspace } from '../../config/index.js'
import { listLoads, type StateDatabase } from '../../state/index.js'
import type { WaitingLoad } from '../run-summary.js'
import { otherCurrencies, waitsFor } from './list-loads.js'

/** Loads that a person has to do something about before they go out, oldest first: of one job, or of all. */
export async function loadsWaiting(
  database: StateDatabase,
  workspace: Workspace,
  job?: string,
): Promise<WaitingLoad[]> {
  const loads = await listLoads(database, { ...(job === undefined ? {} : { job }), statuses: ['waiting', 'approved'] })
  return loads.reverse().map((load) => ({
    id: load.id,
    job: load.job,
    title: workspace.loads.get(load.template)?.title ?? load.template,
    status: load.status === 'approved' ? 'approved' : 'waiting',
    waitsFor: waitsFor(load, workspace) ?? '',
    invoices: load.invoices,
    lines: load.lines,
    amount: load.amount,
    ...otherCurrencies(load),
    since: load.planned_at,
  }))
}
