import type { Selectable } from 'kysely'
import type { CircuitTable } from './schema.js'
import type { StateDatabase } from './store.js'

export type CircuitRow = Selectable<CircuitTable>

export const circuitOf = (database: StateDatabase, endpoint: string): Promise<CircuitRow | undefined> =>
  database.selectFrom('circuits').selectAll().where('endpoint', '=', endpoint).executeTakeFirst()

/** Endpoints that the last run to ask found down, longest first. */
export const allCircuits = (database: StateDatabase): Promise<CircuitRow[]> =>
  database.selectFrom('circuits').selectAll().orderBy('since').orderBy('endpoint').execute()

export async function saveCircuit(database: StateDatabase, row: CircuitRow): Promise<void> {
  const { endpoint: _, ...news } = row
  await database
    .insertInto('circuits')
    .values(row)
    .onConflict((conflict) => conflict.column('endpoint').doUpdateSet(news))
    .execute()
}

export async function forgetCircuit(database: StateDatabase, endpoint: string): Promise<void> {
  await database.deleteFrom('circuits').where('endpoint', '=', endpoint).execute()
}
