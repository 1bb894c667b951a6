import type { Kysely } from 'kysely'

/** The control numbers of the groups of what was received. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('x12_received')
    .addColumn('group_controls', 'text', (c) => c.notNull().defaultTo(''))
    .execute()
}
