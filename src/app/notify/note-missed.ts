import type { Workspace } from '../../config/index.js'
import type { Occurrence } from '../../schedule/index.js'
import type { StateDatabase } from '../../state/index.js'
import { dueNow } from '../scheduling/due-now.js'
import { noteOperators } from './note-operators.js'
import type { Telling } from './queue-notice.js'

/** Occurrences that are passed over: by the catch-up policy of their jobs they are not run any more. One message a job. */
export async function notePassedOver(
  database: StateDatabase,
  passedOver: readonly { readonly occurrence: Occurrence; readonly because: string }[],
  telling: Telling,
): Promise<void> {
  for (const job of new Set(passedOver.map(({ occurrence }) => occurrence.job))) {
    const own = passedOver.filter(({ occurrence }) => occurrence.job === job)
    const last = own.at(-1)
    if (last === undefined) continue
    const { scheduledFor } = last.occurrence
    const notice = { kind: 'night-missed', job, scheduledFor, times: own.length, because: last.because } as const
    await noteOperators(database, notice, `${job} ${scheduledFor}, passed over`, telling)
  }
}

/** Jobs that are due for longer than their schedules allow, and have not begun. Once for each occurrence; call it inside a transaction. */
export async function noteLateJobs(database: StateDatabase, workspace: Workspace, telling: Telling): Promise<void> {
  if (telling.settings.notify?.operators === undefined) return
  const { jobs } = await dueNow(workspace, database, telling.now)
  for (const { job, scheduledFor, isLate, isBegun, waitsFor } of jobs) {
    if (!isLate || isBegun) continue
    const because = waitsFor.length > 0 ? `it waits for ${waitsFor.join(', ')}` : 'it is overdue, and has not begun'
    const notice = { kind: 'night-missed', job, scheduledFor, times: 1, because } as const
    await noteOperators(database, notice, `${job} ${scheduledFor}, late`, telling)
  }
}
