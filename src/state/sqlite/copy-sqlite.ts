import { existsSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { assertNothingBefore } from '../store-missing.js'
import { copyAsItLies } from './copy-as-it-lies.js'

export async function copySqlite(from: string, to: string, known?: string): Promise<void> {
  const file = path.join(from, 'matchbook.db')
  if (!existsSync(file)) {
    assertNothingBefore(from, file, known)
    return
  }
  try {
    const original = new Database(file, { readonly: true, fileMustExist: true })
    const { tables } = original.prepare('SELECT count(*) AS tables FROM sqlite_master').get() as { tables: number }
    if (tables === 0) assertNothingBefore(from, file, known)
    await original.backup(path.join(to, 'matchbook.db')).finally(() => original.close())
  } catch (error) {
    // Even to read, SQLite needs a file beside it: where the disk is full there is another way.
    if (!isOfFiles(error) || !copyAsItLies(from, to)) throw error
  }
}

const isOfFiles = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^SQLITE_(IOERR|CANTOPEN|READONLY|FULL)/.test(String(error.code))
