import { type Kysely, sql } from 'kysely'

/** What people decide, the rules they make of it, the workbooks it came in, and the end of the audit chain. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db
  await schema.alterTable('exceptions').addColumn('document', 'text').execute()
  await schema.alterTable('exceptions').addColumn('assignee', 'text').execute()
  await schema.alterTable('exceptions').addColumn('note', 'text').execute()
  await schema.alterTable('exception_events').addColumn('actor', 'text').execute()
  await schema.alterTable('exception_events').addColumn('said', 'text').execute()

  await schema
    .createTable('decisions')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('exception_id', 'integer', (c) => c.notNull().references('exceptions.id'))
    .addColumn('decision', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('amount', 'text', (c) => c.notNull())
    .addColumn('facts', 'text', (c) => c.notNull())
    .addColumn('note', 'text')
    .addColumn('decided_by', 'text', (c) => c.notNull())
    .addColumn('decided_at', 'text', (c) => c.notNull())
    .addColumn('via', 'text', (c) => c.notNull())
    .addColumn('agreed_by', 'text')
    .addColumn('agreed_at', 'text')
    .addColumn('rule_id', 'integer')
    .addColumn('ended_at', 'text')
    .addColumn('ended_because', 'text')
    .execute()
  await schema.createIndex('decisions_by_exception').on('decisions').columns(['exception_id', 'state']).execute()

  await schema
    .createTable('decision_rules')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('decision', 'text', (c) => c.notNull())
    .addColumn('scope', 'text', (c) => c.notNull())
    .addColumn('up_to', 'text', (c) => c.notNull())
    .addColumn('until', 'text', (c) => c.notNull())
    .addColumn('note', 'text')
    .addColumn('made_by', 'text', (c) => c.notNull())
    .addColumn('made_at', 'text', (c) => c.notNull())
    .addColumn('from_exception', 'integer', (c) => c.notNull())
    .addColumn('withdrawn_by', 'text')
    .addColumn('withdrawn_at', 'text')
    .execute()

  await schema
    .createTable('workbook_imports')
    .addColumn('sha256', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('imported_at', 'text', (c) => c.notNull())
    .addColumn('imported_by', 'text', (c) => c.notNull())
    .addColumn('outcome', 'text', (c) => c.notNull())
    .execute()

  await schema
    .createTable('load_decisions')
    .addColumn('load_id', 'text', (c) => c.notNull().references('loads.id'))
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('exception_id', 'integer', (c) => c.notNull())
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('decision', 'text', (c) => c.notNull())
    .addColumn('decided_by', 'text', (c) => c.notNull())
    .addColumn('agreed_by', 'text')
    .addColumn('note', 'text')
    .addPrimaryKeyConstraint('load_decisions_key', ['load_id', 'exception_id', 'subject'])
    .execute()

  await schema
    .createTable('audit_head')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('sequence', 'integer', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .execute()
  await sql`INSERT INTO audit_head (id, sequence, hash)
    SELECT 1, sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1`.execute(db)
}
