import { Migrator } from 'kysely'
import { MatchbookError } from '../errors/index.js'
import { migrations } from './migrations/index.js'
import type { StateDatabase } from './store.js'

/** Makes the tables or brings them forward, in one transaction. @throws STATE-NEWER */
export async function migrate(database: StateDatabase, place: string, schema?: string): Promise<void> {
  const known = {
    db: database,
    provider: { getMigrations: async () => ({ ...migrations }) },
    ...(schema === undefined ? {} : { migrationTableSchema: schema }),
  }
  const isDue = (await new Migrator(known).getMigrations()).some(({ executedAt }) => executedAt === undefined)
  // Whoever only looks must not wait for the write lock of a run.
  const { error } = await new Migrator({ ...known, disableTransactions: !isDue }).migrateToLatest()
  if (error === undefined) return
  if (error instanceof Error && /corrupted migrations/.test(error.message)) {
    throw new MatchbookError('STATE-NEWER', `${place} holds migrations this version does not know`, { cause: error })
  }
  throw error
}
