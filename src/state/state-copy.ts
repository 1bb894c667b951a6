import path from 'node:path'
import Database from 'better-sqlite3'
import { MatchbookError } from '../errors/index.js'

/**
 * Makes a copy of the store one file that needs nothing beside it, and looks whether all of it can be read.
 * @throws BACKUP-DAMAGED
 */
export function sealCopy(folder: string): void {
  const file = path.join(folder, 'matchbook.db')
  const copy = new Database(file)
  try {
    copy.pragma('journal_mode = DELETE')
    const found = copy.pragma('integrity_check', { simple: true })
    if (found !== 'ok') throw new MatchbookError('BACKUP-DAMAGED', `${file}: ${String(found)}`)
  } finally {
    copy.close()
  }
}

/** SHA-256 of every file whose bytes the copy says are kept, in order. */
export function hashesKept(folder: string): string[] {
  const copy = new Database(path.join(folder, 'matchbook.db'), { readonly: true })
  try {
    const rows = copy.prepare('SELECT DISTINCT sha256 FROM files WHERE purged_at IS NULL ORDER BY sha256').all()
    return (rows as { sha256: string }[]).map(({ sha256 }) => sha256)
  } finally {
    copy.close()
  }
}
