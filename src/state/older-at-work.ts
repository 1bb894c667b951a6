import { MatchbookError } from '../errors/index.js'
import type { State } from './store.js'
import { isOlder } from './version-needed.js'

/** Who of an older version is at work: a worker that was heard of, or a run whose process has its lease. In words, the first of them. */
export async function olderAtWork(
  { database, clock, takeLease }: Pick<State, 'database' | 'clock' | 'takeLease'>,
  version: string,
): Promise<string | undefined> {
  const workers = await database
    .selectFrom('workers')
    .select(['id', 'version'])
    .where('expires_at', '>=', await clock())
    .orderBy('id')
    .execute()
  const worker = workers.find((one) => isOlder(one.version, version))
  if (worker !== undefined) return `worker ${worker.id} of ${worker.version}`
  const runs = await database
    .selectFrom('runs')
    .select(['id', 'job', 'version'])
    .where('status', '=', 'running')
    .orderBy('number')
    .execute()
  for (const run of runs)
    if (isOlder(run.version, version) && (await isHeld(run.job, takeLease))) return `run ${run.id} of ${run.version}`
  return undefined
}

async function isHeld(name: string, takeLease: State['takeLease']): Promise<boolean> {
  try {
    await (await takeLease(name)).release()
    return false
  } catch (error) {
    if (error instanceof MatchbookError && error.code === 'RUN-ACTIVE') return true
    throw error
  }
}
