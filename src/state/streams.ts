import type { Insertable, Selectable } from 'kysely'
import type { StreamGapTable, StreamTable } from './schema.js'
import type { StateDatabase } from './store.js'

/** A stream of numbered files in a drop. */
export type StreamKey = Omit<Selectable<StreamTable>, 'at'>
export type StreamGap = Selectable<StreamGapTable>

const keyColumns = ['job', 'input', 'endpoint', 'folder', 'pattern', 'stream'] as const

export async function streamAt(database: StateDatabase, key: StreamKey): Promise<number | undefined> {
  let query = database.selectFrom('streams').select('at')
  for (const column of keyColumns) query = query.where(column, '=', key[column])
  return (await query.executeTakeFirst())?.at
}

/** `number` has been taken, the stream stands at `at`: what is missing before and after it stays missing. Call it inside a transaction. */
export async function streamTook(database: StateDatabase, key: StreamKey, number: number, at: number): Promise<void> {
  await database
    .insertInto('streams')
    .values({ ...key, at })
    .onConflict((conflict) => conflict.columns([...keyColumns]).doUpdateSet({ at }))
    .execute()
  let holes = database.selectFrom('stream_gaps').selectAll()
  for (const column of keyColumns) holes = holes.where(column, '=', key[column])
  for (const hole of await holes.where('first', '<=', number).where('last', '>=', number).execute()) {
    let closing = database.deleteFrom('stream_gaps').where('first', '=', hole.first)
    for (const column of keyColumns) closing = closing.where(column, '=', key[column])
    await closing.execute()
    const rest = [
      { ...hole, last: number - 1 },
      { ...hole, first: number + 1 },
    ]
    for (const one of rest) if (one.first <= one.last) await saveGap(database, one)
  }
}

/** A gap that is known keeps the time it was first seen. */
export async function saveGap(database: StateDatabase, gap: Insertable<StreamGapTable>): Promise<void> {
  const { last, shown_by } = gap
  await database
    .insertInto('stream_gaps')
    .values(gap)
    .onConflict((conflict) => conflict.columns([...keyColumns, 'first']).doUpdateSet({ last, shown_by }))
    .execute()
}

export const gapsOf = (database: StateDatabase, job: string): Promise<StreamGap[]> =>
  database.selectFrom('stream_gaps').selectAll().where('job', '=', job).orderBy('since').orderBy('first').execute()
