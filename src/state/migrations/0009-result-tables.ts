import { type Kysely, sql } from 'kysely'

/** Tables that matchers leave behind, and which of their rows were written to the ERP. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('result_rows')
    .addColumn('job', 'text', (c) => c.notNull())
    .addColumn('table_name', 'text', (c) => c.notNull())
    .addColumn('sequence', 'integer', (c) => c.notNull())
    .addColumn('run_id', 'text', (c) => c.notNull())
    .addColumn('row', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('result_rows_key', ['job', 'table_name', 'sequence'])
    .execute()

  await db.schema
    .createTable('load_rows')
    .addColumn('job', 'text', (c) => c.notNull())
    .addColumn('table_name', 'text', (c) => c.notNull())
    .addColumn('row_key', 'text', (c) => c.notNull())
    .addColumn('content_hash', 'text', (c) => c.notNull())
    .addColumn('load_id', 'text', (c) => c.notNull().references('loads.id'))
    .addColumn('confirmed_at', 'text')
    .execute()
  // What is on its way to the ERP is on its way once; what it has taken may be asked of it again another day.
  await sql`CREATE UNIQUE INDEX load_rows_once ON load_rows (job, table_name, row_key, content_hash) WHERE confirmed_at IS NULL`.execute(
    db,
  )
  await db.schema.createIndex('load_rows_by_load').on('load_rows').column('load_id').execute()
}
