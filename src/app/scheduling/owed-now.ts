import type { Logger } from 'pino'
import type { Workspace } from '../../config/index.js'
import { type StateDatabase, skipOccurrence } from '../../state/index.js'
import { notePassedOver } from '../notify/note-missed.js'
import type { DueJob } from './due-job.js'
import { dueNow } from './due-now.js'

/** What is due, by priority, after what was missed for good was noted: no other job waits for that any longer. */
export async function owedNow(
  workspace: Workspace,
  database: StateDatabase,
  now: string,
  log: Logger,
): Promise<readonly DueJob[]> {
  for (;;) {
    const { jobs, passedOver } = await dueNow(workspace, database, now)
    if (passedOver.length === 0) return jobs
    await database.transaction().execute(async (transaction) => {
      for (const { occurrence, because } of passedOver)
        await skipOccurrence(transaction, { ...occurrence, because, now })
      await notePassedOver(transaction, passedOver, { settings: workspace.settings, now, run: null })
    })
    const names = new Set(passedOver.map(({ occurrence }) => occurrence.job))
    for (const job of names) {
      const missed = passedOver.filter(({ occurrence }) => occurrence.job === job)
      log.warn({ job, missed: missed.length, first: missed[0]?.occurrence.scheduledFor }, missed.at(-1)?.because ?? '')
    }
  }
}
