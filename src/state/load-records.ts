import type { Selectable } from 'kysely'
import { eachBatch } from './each-batch.js'
import type { LoadEventTable, LoadPlanTable, LoadResultTable } from './schema.js'
import type { StateDatabase } from './store.js'

/** What is kept beside a load: what it would write, what was done about it, what the ERP said of it. */

export type StoredLoadPlan = Pick<LoadPlanTable, 'plan' | 'made_by'>

export async function saveLoadPlan(database: StateDatabase, loadId: string, plan: StoredLoadPlan): Promise<void> {
  await database
    .insertInto('load_plans')
    .values({ ...plan, load_id: loadId })
    .execute()
}

/** Undefined for a load of before plans were kept, and for orders to suppliers. */
export const loadPlan = (database: StateDatabase, loadId: string): Promise<StoredLoadPlan | undefined> =>
  database.selectFrom('load_plans').select(['plan', 'made_by']).where('load_id', '=', loadId).executeTakeFirst()

export type StoredLoadEvent = Selectable<LoadEventTable>

/** Call it inside the transaction of what it records; the audit chain is written beside it. */
export async function saveLoadEvent(database: StateDatabase, event: Omit<StoredLoadEvent, 'id'>): Promise<void> {
  await database.insertInto('load_events').values(event).execute()
}

export const loadEvents = (database: StateDatabase, loads: readonly string[]): Promise<StoredLoadEvent[]> =>
  eachBatch(loads, (some) =>
    database.selectFrom('load_events').selectAll().where('load_id', 'in', some).orderBy('id').execute(),
  )

export type StoredLoadResult = Selectable<LoadResultTable>

/** The last word on each row takes the place of what was said of it before. */
export async function saveLoadResults(database: StateDatabase, results: readonly StoredLoadResult[]): Promise<void> {
  for (const result of results) {
    const { load_id: _load, row_id: _row, ...said } = result
    await database
      .insertInto('load_results')
      .values(result)
      .onConflict((conflict) => conflict.columns(['load_id', 'row_id']).doUpdateSet(said))
      .execute()
  }
}

export const loadResults = (database: StateDatabase, loads: readonly string[]): Promise<StoredLoadResult[]> =>
  eachBatch(loads, (some) =>
    database
      .selectFrom('load_results')
      .selectAll()
      .where('load_id', 'in', some)
      .orderBy('load_id')
      .orderBy('row_id')
      .execute(),
  )
