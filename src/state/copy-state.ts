import path from 'node:path'
import Database from 'better-sqlite3'

/** Copies the store as it stands now into another folder, without stopping anyone; nothing when there is none yet. */
export async function copyState(from: string, to: string): Promise<void> {
  try {
    const original = new Database(path.join(from, 'matchbook.db'), { readonly: true, fileMustExist: true })
    await original.backup(path.join(to, 'matchbook.db'))
    original.close()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'SQLITE_CANTOPEN')) throw error
  }
}
