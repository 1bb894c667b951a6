import type { StateDatabase } from '../../state/index.js'
import { noteCauses } from './note-causes.js'
import type { Telling } from './queue-notice.js'

/** What people decided or took back, job by job. No workbook is written then. Call it inside the transaction that decides. */
export async function noteDecided(
  database: StateDatabase,
  jobs: ReadonlySet<string>,
  { settings, now }: Pick<Telling, 'settings' | 'now'>,
): Promise<void> {
  for (const job of jobs) await noteCauses(database, job, { settings, now, run: null }, () => null)
}
