import type { Kysely } from 'kysely'

/** Control numbers given out and received, and the answers to what was sent. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const schema = db.schema
  await schema
    .createTable('x12_counters')
    .addColumn('ours', 'text', (c) => c.notNull())
    .addColumn('partner', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('last', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('x12_counters_key', ['ours', 'partner', 'kind'])
    .execute()

  await schema
    .createTable('x12_sent')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('job', 'text', (c) => c.notNull())
    .addColumn('ours', 'text', (c) => c.notNull())
    .addColumn('partner', 'text', (c) => c.notNull())
    .addColumn('partner_name', 'text', (c) => c.notNull())
    .addColumn('interchange_control', 'text', (c) => c.notNull())
    // That of its row in the outbox; what a person sends is in none.
    .addColumn('idempotency_key', 'text', (c) => c.notNull().unique())
    .addColumn('queued_at', 'text', (c) => c.notNull())
    .addColumn('answer_hours', 'integer')
    .addColumn('ta1_state', 'text', (c) => c.notNull())
    .addColumn('ta1', 'text')
    .execute()
  await schema
    .createIndex('x12_sent_by_control')
    .on('x12_sent')
    .columns(['ours', 'partner', 'interchange_control'])
    .execute()

  await schema
    .createTable('x12_sent_groups')
    .addColumn('sent_id', 'integer', (c) => c.notNull().references('x12_sent.id'))
    .addColumn('functional_id', 'text', (c) => c.notNull())
    .addColumn('group_control', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('answered_at', 'text')
    .addColumn('answer', 'text')
    .addPrimaryKeyConstraint('x12_sent_groups_key', ['sent_id', 'group_control'])
    .execute()
  await schema.createIndex('x12_sent_groups_by_state').on('x12_sent_groups').columns(['state']).execute()
  await schema.createIndex('x12_sent_groups_by_control').on('x12_sent_groups').columns(['group_control']).execute()

  await schema
    .createTable('x12_sent_sets')
    .addColumn('sent_id', 'integer', (c) => c.notNull().references('x12_sent.id'))
    .addColumn('group_control', 'text', (c) => c.notNull())
    .addColumn('transaction_set', 'text', (c) => c.notNull())
    .addColumn('control', 'text', (c) => c.notNull())
    .addColumn('business_key', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('x12_sent_sets_key', ['sent_id', 'group_control', 'control'])
    .execute()

  await schema
    .createTable('x12_received')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('ours', 'text', (c) => c.notNull())
    .addColumn('partner', 'text', (c) => c.notNull())
    .addColumn('partner_name', 'text', (c) => c.notNull())
    .addColumn('interchange_control', 'text', (c) => c.notNull())
    .addColumn('content_hash', 'text', (c) => c.notNull())
    .addColumn('file_id', 'integer', (c) => c.notNull().references('files.id'))
    .addColumn('received_at', 'text', (c) => c.notNull())
    .execute()
  await schema
    .createIndex('x12_received_by_control')
    .on('x12_received')
    .columns(['ours', 'partner', 'interchange_control'])
    .execute()
  await schema.createIndex('x12_received_by_time').on('x12_received').columns(['partner_name', 'received_at']).execute()
}
