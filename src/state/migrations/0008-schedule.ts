import type { Kysely } from 'kysely'

/** Occurrences of scheduled jobs that were begun or passed over, and since when each schedule is as it is. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('occurrences')
    .addColumn('job', 'text', (c) => c.notNull())
    .addColumn('scheduled_for', 'text', (c) => c.notNull())
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('run_id', 'text', (c) => c.references('runs.id'))
    .addColumn('skipped_because', 'text')
    .addColumn('noted_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('occurrences_key', ['job', 'scheduled_for'])
    .execute()

  await db.schema
    .createTable('schedules')
    .addColumn('job', 'text', (c) => c.primaryKey())
    .addColumn('definition', 'text', (c) => c.notNull())
    .addColumn('since', 'text', (c) => c.notNull())
    .execute()
}
