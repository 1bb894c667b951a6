import type { Kysely } from 'kysely'

/** Leases of a store that several machines share, where a store was moved to, and the order of what happened to an exception. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('leases')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('holder', 'text', (c) => c.notNull())
    .addColumn('host', 'text', (c) => c.notNull())
    .addColumn('pid', 'integer', (c) => c.notNull())
    .addColumn('taken_at', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('leases_by_holder').on('leases').column('holder').execute()

  await db.schema
    .createTable('moved')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('place', 'text', (c) => c.notNull())
    .addColumn('is_here', 'integer', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .execute()

  await db.schema
    .alterTable('exception_events')
    .addColumn('number', 'integer', (c) => c.notNull().defaultTo(0))
    .execute()
}
