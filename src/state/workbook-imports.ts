import type { Selectable } from 'kysely'
import type { WorkbookImportTable } from './schema.js'
import type { StateDatabase } from './store.js'

export type WorkbookImport = Selectable<WorkbookImportTable>

/** The taking in of a workbook with these bytes, if there was one. */
export const workbookImport = (database: StateDatabase, sha256: string): Promise<WorkbookImport | undefined> =>
  database.selectFrom('workbook_imports').selectAll().where('sha256', '=', sha256).executeTakeFirst()

export async function saveWorkbookImport(database: StateDatabase, taken: WorkbookImport): Promise<void> {
  await database.insertInto('workbook_imports').values(taken).execute()
}
