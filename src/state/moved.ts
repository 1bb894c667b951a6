import { MatchbookError } from '../errors/index.js'
import type { StateDatabase } from './store.js'

/** @throws STATE-MOVED when this store is not the one to work on */
export async function assertNotMoved(database: StateDatabase, place: string): Promise<void> {
  const moved = await database.selectFrom('moved').selectAll().executeTakeFirst()
  if (moved === undefined) return
  const says =
    moved.is_here === 1
      ? `${place}: what is here is being moved from ${moved.place}, and is not released yet`
      : `${place} was moved to ${moved.place} at ${moved.at}`
  throw new MatchbookError('STATE-MOVED', says, { facts: { place: moved.place, at: moved.at } })
}
