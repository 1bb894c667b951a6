import type { Selectable } from 'kysely'
import { MatchbookError } from '../errors/index.js'
import type { MovedTable } from './schema.js'
import type { StateDatabase } from './store.js'

type MovedMark = Selectable<MovedTable>

/** Undefined: this is the store to work on. */
export const movedMark = (database: StateDatabase): Promise<MovedMark | undefined> =>
  database.selectFrom('moved').selectAll().where('id', '=', 1).executeTakeFirst()

export async function setMovedMark(database: StateDatabase, mark: Omit<MovedMark, 'id'>): Promise<void> {
  await database
    .insertInto('moved')
    .values({ id: 1, ...mark })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(mark))
    .execute()
}

/** @throws STATE-MOVED when this store is not the one to work on */
export async function assertNotMoved(database: StateDatabase, place: string): Promise<void> {
  const moved = await movedMark(database)
  if (moved === undefined) return
  const says =
    moved.is_here === 1
      ? `${place}: what is here is being moved from ${moved.place}, and is not released yet`
      : `${place} was moved to ${moved.place} at ${moved.at}`
  throw new MatchbookError('STATE-MOVED', says, { facts: { place: moved.place, at: moved.at } })
}
