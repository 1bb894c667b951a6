import { existsSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'

export async function copySqlite(from: string, to: string): Promise<void> {
  const file = path.join(from, 'matchbook.db')
  if (!existsSync(file)) return
  const original = new Database(file, { readonly: true, fileMustExist: true })
  await original.backup(path.join(to, 'matchbook.db'))
  original.close()
}
