import { decimal } from '../../canonical/index.js'
import type { UnconfirmedLoad } from '../../outputs/report/index.js'
import { listLoads, loadsNotWhollySeen, type RunRow } from '../../state/index.js'
import { type LoadListing, listings } from '../loads/list-loads.js'
import type { Reading } from '../reading.js'

/** Loads of the job of which the ERP does not show every row yet, the newest first; those of this run go out when it ends. */
export async function unconfirmedLoads(
  run: Pick<RunRow, 'id' | 'job'>,
  tools: Pick<Reading, 'state' | 'workspace' | 'now'>,
): Promise<UnconfirmedLoad[]> {
  const { database } = tools.state
  const unsent = await listLoads(database, { job: run.job, statuses: ['waiting', 'approved', 'planned'] })
  const sent = (await loadsNotWhollySeen(database)).filter(({ job }) => job === run.job).reverse()
  const loads = await listings(tools, [...unsent, ...sent])
  return loads
    .filter(({ verdict }) => verdict !== 'loaded' && verdict !== 'given-back')
    .map(
      (load): UnconfirmedLoad => ({
        load: load.id,
        file: load.file,
        standing: standingOf(load, run.id),
        rows: load.rows,
        loaded: load.loaded,
        rejected: load.rejected,
        notSeen: load.notSeen,
        amount: decimal(load.amount),
        currency: load.currency,
        ...(load.otherCurrencies === undefined ? {} : { otherCurrencies: load.otherCurrencies }),
        preparedAt: load.plannedAt,
        sentAt: load.sentAt,
        approvedBy: load.approvedBy,
      }),
    )
}

function standingOf({ verdict, status, waitsFor, run }: LoadListing, thisRun: string): string {
  switch (verdict) {
    case 'awaited':
      return 'sent; the ERP may still show it'
    case 'partly-loaded':
      return 'sent; some rows were rejected, or are not there though it is time'
    case 'nothing-loaded':
      return 'sent; nothing of it is in the ERP though it is time, or all was rejected'
    default:
      if (status === 'planned' && run === thisRun) return 'goes out at the end of this run'
      return waitsFor === null ? 'not sent' : `waits for ${waitsFor}`
  }
}
