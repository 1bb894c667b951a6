import type { RunRow } from './runs.js'
import type { StateDatabase } from './store.js'

/**
 * Runs of shares that took in for a night: those begun since the night before it. While a night is at work none takes in.
 * @returns none for what is no night
 */
export async function shareRunsOf(
  database: StateDatabase,
  { job, number, kind }: Pick<RunRow, 'job' | 'number' | 'kind'>,
): Promise<RunRow[]> {
  if (kind !== 'night') return []
  const { before } = await database
    .selectFrom('runs')
    .select((eb) => eb.fn.coalesce(eb.fn.max('number'), eb.lit(0)).as('before'))
    .where('job', '=', job)
    .where('kind', '=', 'night')
    .where('number', '<', number)
    .executeTakeFirstOrThrow()
  return database
    .selectFrom('runs')
    .selectAll()
    .where('kind', '=', 'share')
    .where('job', 'like', `${job}.%`)
    .where('number', '>', Number(before))
    .where('number', '<', number)
    .orderBy('number')
    .execute()
}
