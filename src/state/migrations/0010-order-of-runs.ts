import { type Kysely, sql } from 'kysely'

/** Runs in the order in which they were begun, whatever the clock said then. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('runs')
    .addColumn('number', 'integer', (c) => c.notNull().defaultTo(0))
    .execute()
  await sql`UPDATE runs SET number = (
    SELECT COUNT(*) FROM runs before
    WHERE before.started_at < runs.started_at OR (before.started_at = runs.started_at AND before.id <= runs.id)
  )`.execute(db)
}
