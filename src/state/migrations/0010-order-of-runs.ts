import { type Kysely, sql } from 'kysely'

/**
 * Runs in the order in which they were begun, whatever the clock said then. What lies in a drop is taken once by each input that asks
 * for it, not once by whoever comes first.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('runs')
    .addColumn('number', 'integer', (c) => c.notNull().defaultTo(0))
    .execute()
  await sql`UPDATE runs SET number = (
    SELECT COUNT(*) FROM runs before
    WHERE before.started_at < runs.started_at OR (before.started_at = runs.started_at AND before.id <= runs.id)
  )`.execute(db)

  await db.schema
    .createTable('drops_by_input')
    .addColumn('job', 'text', (c) => c.notNull())
    .addColumn('input', 'text', (c) => c.notNull())
    .addColumn('endpoint', 'text', (c) => c.notNull())
    .addColumn('path', 'text', (c) => c.notNull())
    .addColumn('size', 'integer', (c) => c.notNull())
    .addColumn('modified', 'text', (c) => c.notNull())
    .addColumn('file_id', 'integer', (c) => c.notNull().references('files.id'))
    .addColumn('settled_at', 'text')
    .addPrimaryKeyConstraint('drops_by_input_key', ['job', 'input', 'endpoint', 'path'])
    .execute()
  await sql`INSERT INTO drops_by_input
    SELECT files.job, files.input, drops.endpoint, drops.path, drops.size, drops.modified, drops.file_id, drops.settled_at
    FROM drops JOIN files ON files.id = drops.file_id`.execute(db)
  await db.schema.dropTable('drops').execute()
  await db.schema.alterTable('drops_by_input').renameTo('drops').execute()
}
