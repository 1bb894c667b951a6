import type { Kysely } from 'kysely'

/**
 * Between which ISA ids a document was numbered: a partner counts for each of our ids apart. Who owes an invoice to whom: one without
 * lines has no line that says it. Empty of what came before.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('documents').addColumn('numbered_between', 'text').execute()
  await db.schema.alterTable('invoice_results').addColumn('company', 'text').execute()
  await db.schema.alterTable('invoice_results').addColumn('supplier', 'text').execute()
}
