import type { Kysely } from 'kysely'

/** What kind of run it was; what was purged, and what is still to be removed from the disk. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const schema = db.schema
  await schema
    .alterTable('runs')
    .addColumn('kind', 'text', (c) => c.notNull().defaultTo('night'))
    .execute()
  for (const table of ['files', 'documents']) {
    await schema.alterTable(table).addColumn('purged_at', 'text').execute()
    await schema.alterTable(table).addColumn('purged_under', 'text').execute()
  }
  await schema.createIndex('files_by_sha256').on('files').columns(['sha256']).execute()
  await schema.createIndex('documents_by_file').on('documents').columns(['file_id']).execute()
  await schema.createIndex('documents_by_number').on('documents').columns(['job', 'kind', 'business_key']).execute()

  await schema
    .createTable('tombstones')
    .addColumn('class', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('purged_at', 'text', (c) => c.notNull())
    .addColumn('purged_under', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('tombstones_key', ['class', 'subject'])
    .execute()

  await schema
    .createTable('removals')
    .addColumn('path', 'text', (c) => c.primaryKey())
    .execute()
}
