import type { Kysely } from 'kysely'

/** Events of OpenLineage that its server has not taken yet, and the addresses that a message has reached when others refused it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('lineage_events')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('run_id', 'text', (c) => c.notNull())
    .addColumn('event', 'text', (c) => c.notNull())
    .addColumn('queued_at', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('not_before', 'text', (c) => c.notNull())
    .addColumn('last_error', 'text')
    .execute()
  await db.schema.alterTable('notifications').addColumn('reached', 'text').execute()
}
