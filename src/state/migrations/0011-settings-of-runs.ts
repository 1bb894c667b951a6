import type { Kysely } from 'kysely'

/** What each run was judged by: the settings it ran under, each text once, and the run whose settings it was given. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('settings_texts')
    .addColumn('sha256', 'text', (c) => c.primaryKey())
    .addColumn('text', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('run_settings')
    .addColumn('run_id', 'text', (c) => c.notNull().references('runs.id'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('sha256', 'text', (c) => c.notNull().references('settings_texts.sha256'))
    .addPrimaryKeyConstraint('run_settings_key', ['run_id', 'name'])
    .execute()
  await db.schema.createIndex('run_settings_by_text').on('run_settings').column('sha256').execute()
  await db.schema.alterTable('runs').addColumn('rules_of', 'text').execute()
}
