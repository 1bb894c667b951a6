import { loadsNotWhollySeen } from '../../state/index.js'
import type { Reading } from '../reading.js'
import type { LoadNotThere } from '../run-summary.js'
import { listings } from './list-loads.js'

/** Loads that were sent and are not in the ERP as a whole though the ERP refused rows, or it is time; oldest first. */
export async function loadsNotThere(reading: Pick<Reading, 'state' | 'workspace' | 'now'>): Promise<LoadNotThere[]> {
  const loads = await listings(reading, await loadsNotWhollySeen(reading.state.database))
  return loads.flatMap(({ id, job, verdict, rows, loaded, rejected, notSeen, sentAt }) =>
    verdict === 'partly-loaded' || verdict === 'nothing-loaded'
      ? [{ id, job, verdict, rows, loaded, rejected, notSeen, sentAt: sentAt ?? '' }]
      : [],
  )
}
