import type { Insertable, Selectable } from 'kysely'
import type { LeftBehindTable } from './schema.js'
import type { StateDatabase } from './store.js'

export type LeftBehindRow = Selectable<LeftBehindTable>
export type LeftBehind = Insertable<LeftBehindTable>

/** A drop of a job, as the table knows it. */
export type LeftAt = Pick<LeftBehindRow, 'job' | 'input' | 'endpoint' | 'folder' | 'asked'>

/** What the last pull of a drop left where it was. */
export const leftAt = (
  database: StateDatabase,
  { job, input, endpoint, folder, asked }: LeftAt,
): Promise<LeftBehindRow[]> =>
  database
    .selectFrom('left_behind')
    .selectAll()
    .where('job', '=', job)
    .where('input', '=', input)
    .where('endpoint', '=', endpoint)
    .where('folder', '=', folder)
    .where('asked', '=', asked)
    .orderBy('name')
    .execute()

/** Puts what a drop leaves now in place of what it left before. */
export async function replaceLeft(database: StateDatabase, at: LeftAt, rows: readonly LeftBehind[]): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await transaction
      .deleteFrom('left_behind')
      .where('job', '=', at.job)
      .where('input', '=', at.input)
      .where('endpoint', '=', at.endpoint)
      .where('folder', '=', at.folder)
      .where('asked', '=', at.asked)
      .execute()
    // Two names that print alike are one line to people.
    for (const row of rows)
      await transaction
        .insertInto('left_behind')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
  })
}

/** All that lies at sources and is not taken, longest first. */
export const allLeft = (database: StateDatabase): Promise<LeftBehindRow[]> =>
  database.selectFrom('left_behind').selectAll().orderBy('since').orderBy('endpoint').orderBy('name').execute()
