import { existsSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'

/** Copies the store as it stands now into another folder, without stopping anyone; nothing when there is none yet. */
export async function copyState(from: string, to: string): Promise<void> {
  const file = path.join(from, 'matchbook.db')
  if (!existsSync(file)) return
  const original = new Database(file, { readonly: true, fileMustExist: true })
  await original.backup(path.join(to, 'matchbook.db'))
  original.close()
}
