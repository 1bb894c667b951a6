import type { SetEngine } from '../../canonical/index.js'
import type { JobSettings } from '../../config/index.js'
import { matchers } from '../../match/index.js'
import { lastResultRows } from '../../state/index.js'
import type { Tools } from '../tools.js'
import { bindRows } from './bind-rows.js'

/**
 * What the job's last run left for this one, as relation `remembered`. A match that is done again after a crash may find its own rows there:
 * rules that remember must come to the same from them.
 */
export async function bindRemembered(engine: SetEngine, job: JobSettings, { state }: Tools): Promise<void> {
  for (const { name } of matchers.get(job.matcher)?.tables.filter(({ remembered }) => remembered) ?? []) {
    const rows = await lastResultRows(state.database, job.job, name)
    await bindRows(
      engine,
      'remembered',
      rows.map((row) => ({ result: name, row })),
    )
  }
}
