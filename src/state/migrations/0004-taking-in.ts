import type { Kysely } from 'kysely'

/** Files that came out of wrappers, what drops left where it was, and how far numbered streams have come. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const schema = db.schema
  await schema.alterTable('files').addColumn('wrapped_in', 'integer').execute()
  await schema.createIndex('files_by_wrapper').on('files').column('wrapped_in').execute()

  await schema
    .createTable('left_behind')
    .addColumn('job', 'text', (c) => c.notNull())
    .addColumn('input', 'text', (c) => c.notNull())
    .addColumn('endpoint', 'text', (c) => c.notNull())
    .addColumn('folder', 'text', (c) => c.notNull())
    .addColumn('asked', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('partner', 'text')
    .addColumn('size', 'integer')
    .addColumn('modified', 'text')
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('since', 'text', (c) => c.notNull())
    .addColumn('late_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('left_behind_key', ['job', 'input', 'endpoint', 'folder', 'asked', 'name'])
    .execute()

  await schema
    .createTable('streams')
    .addColumn('job', 'text', (c) => c.notNull())
    .addColumn('input', 'text', (c) => c.notNull())
    .addColumn('endpoint', 'text', (c) => c.notNull())
    .addColumn('folder', 'text', (c) => c.notNull())
    .addColumn('pattern', 'text', (c) => c.notNull())
    .addColumn('stream', 'text', (c) => c.notNull())
    .addColumn('at', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('streams_key', ['job', 'input', 'endpoint', 'folder', 'pattern', 'stream'])
    .execute()

  await schema
    .createTable('stream_gaps')
    .addColumn('job', 'text', (c) => c.notNull())
    .addColumn('input', 'text', (c) => c.notNull())
    .addColumn('endpoint', 'text', (c) => c.notNull())
    .addColumn('folder', 'text', (c) => c.notNull())
    .addColumn('pattern', 'text', (c) => c.notNull())
    .addColumn('stream', 'text', (c) => c.notNull())
    .addColumn('first', 'integer', (c) => c.notNull())
    .addColumn('last', 'integer', (c) => c.notNull())
    .addColumn('before', 'text', (c) => c.notNull())
    .addColumn('after', 'text', (c) => c.notNull())
    .addColumn('width', 'integer', (c) => c.notNull())
    .addColumn('shown_by', 'text', (c) => c.notNull())
    .addColumn('partner', 'text')
    .addColumn('since', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('stream_gaps_key', ['job', 'input', 'endpoint', 'folder', 'pattern', 'stream', 'first'])
    .execute()
}
