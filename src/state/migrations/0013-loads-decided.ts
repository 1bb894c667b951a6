import { type Kysely, sql } from 'kysely'

/**
 * Loads that people approve, take back and read back: what each would write row by row, what was done about it and by whom, and what the
 * ERP said of its rows. What a load gives back, because somebody or the ERP refused it, may go into another.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ['approval', 'delivery', 'reverses', 'requested_by'])
    await db.schema.alterTable('loads').addColumn(column, 'text').execute()
  await db.schema.createIndex('loads_by_status').on('loads').column('status').execute()

  await sql`ALTER TABLE load_invoices RENAME TO load_invoices_before`.execute(db)
  await db.schema
    .createTable('load_invoices')
    .addColumn('invoice_id', 'text', (c) => c.notNull().references('documents.id'))
    .addColumn('load_id', 'text', (c) => c.notNull().references('loads.id'))
    .addColumn('amount', 'text', (c) => c.notNull())
    .addColumn('given_back_at', 'text')
    .addPrimaryKeyConstraint('load_invoices_key', ['invoice_id', 'load_id'])
    .execute()
  await sql`INSERT INTO load_invoices (invoice_id, load_id, amount) SELECT invoice_id, load_id, amount FROM load_invoices_before`.execute(
    db,
  )
  await db.schema.dropTable('load_invoices_before').execute()
  await sql`CREATE UNIQUE INDEX load_invoices_once ON load_invoices (invoice_id) WHERE given_back_at IS NULL`.execute(
    db,
  )
  await db.schema.createIndex('load_invoices_by_load').on('load_invoices').column('load_id').execute()

  await db.schema.alterTable('load_rows').addColumn('given_back_at', 'text').execute()
  await db.schema.alterTable('load_rows').addColumn('taken_back_at', 'text').execute()
  await db.schema.dropIndex('load_rows_once').execute()
  await sql`CREATE UNIQUE INDEX load_rows_once ON load_rows (job, table_name, row_key, content_hash) WHERE confirmed_at IS NULL AND given_back_at IS NULL AND taken_back_at IS NULL`.execute(
    db,
  )

  await db.schema
    .createTable('load_plans')
    .addColumn('load_id', 'text', (c) => c.primaryKey().references('loads.id'))
    .addColumn('plan', 'text', (c) => c.notNull())
    .addColumn('made_by', 'text', (c) => c.notNull())
    .execute()

  await db.schema
    .createTable('load_events')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('load_id', 'text', (c) => c.notNull().references('loads.id'))
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('event', 'text', (c) => c.notNull())
    .addColumn('person', 'text')
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addColumn('sha256', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('load_events_by_load').on('load_events').column('load_id').execute()

  await db.schema
    .createTable('load_results')
    .addColumn('load_id', 'text', (c) => c.notNull().references('loads.id'))
    .addColumn('row_id', 'text', (c) => c.notNull())
    .addColumn('reference', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('reason_code', 'text')
    .addColumn('reason', 'text')
    .addColumn('erp_number', 'text')
    .addColumn('file_name', 'text')
    .addColumn('file_sha256', 'text')
    .addColumn('record', 'integer')
    .addColumn('told_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('load_results_key', ['load_id', 'row_id'])
    .execute()
}
