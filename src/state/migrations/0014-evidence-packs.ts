import type { Kysely } from 'kysely'

/** Evidence packs that were made, one a job and period, with where in the audit chain each begins and ends. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('evidence_packs')
    .addColumn('job', 'text', (c) => c.notNull())
    .addColumn('period', 'text', (c) => c.notNull())
    .addColumn('first_day', 'text', (c) => c.notNull())
    .addColumn('last_day', 'text', (c) => c.notNull())
    .addColumn('opening_sequence', 'integer', (c) => c.notNull())
    .addColumn('opening_hash', 'text', (c) => c.notNull())
    .addColumn('closing_sequence', 'integer', (c) => c.notNull())
    .addColumn('closing_hash', 'text', (c) => c.notNull())
    .addColumn('run_id', 'text', (c) => c.notNull())
    .addColumn('made_at', 'text', (c) => c.notNull())
    .addColumn('file', 'text', (c) => c.notNull())
    .addColumn('sha256', 'text', (c) => c.notNull())
    .addColumn('size', 'integer', (c) => c.notNull())
    .addColumn('contents', 'text', (c) => c.notNull())
    .addColumn('judged', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('evidence_packs_key', ['job', 'period'])
    .execute()
}
