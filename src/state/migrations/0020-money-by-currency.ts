import { type Kysely, sql } from 'kysely'

/** Money of a load in other currencies than its own, and the currency that the limit of a rule is in: that of the exception it was made of. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('loads').addColumn('other_currencies', 'text').execute()
  await db.schema.alterTable('decision_rules').addColumn('currency', 'text').execute()
  await sql`UPDATE decision_rules SET currency = (SELECT currency FROM exceptions WHERE exceptions.id = decision_rules.from_exception)`.execute(
    db,
  )
}
