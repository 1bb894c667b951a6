import { type Kysely, sql } from 'kysely'

/** Endpoints that are down, and where each file of the outbox went. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('circuits')
    .addColumn('endpoint', 'text', (c) => c.primaryKey())
    .addColumn('failures', 'integer', (c) => c.notNull())
    .addColumn('run', 'text', (c) => c.notNull())
    .addColumn('since', 'text', (c) => c.notNull())
    .addColumn('open_until', 'text')
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('message', 'text', (c) => c.notNull())
    .execute()

  await db.schema.alterTable('outbox').addColumn('bound_to', 'text').execute()
  await db.schema.alterTable('outbox').addColumn('bound_folder', 'text').execute()
  // Of what waits from before nobody knows how far its push came.
  await sql`UPDATE outbox SET bound_to = endpoint, bound_folder = folder`.execute(db)
}
