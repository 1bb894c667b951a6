import path from 'node:path'
import { MatchbookError } from '../../errors/index.js'

// Who takes no backup loads no SQLite on its account.
const opened = async (folder: string, options?: { readonly readonly: true }) => {
  const { default: Database } = await import('better-sqlite3')
  return new Database(path.join(folder, 'matchbook.db'), options)
}

/**
 * Makes a copy of the store one file that needs nothing beside it, and looks whether all of it can be read.
 * @throws BACKUP-DAMAGED
 */
export async function sealCopy(folder: string): Promise<void> {
  const copy = await opened(folder)
  try {
    copy.pragma('journal_mode = DELETE')
    const found = copy.pragma('integrity_check', { simple: true })
    if (found !== 'ok') throw new MatchbookError('BACKUP-DAMAGED', `${copy.name}: ${String(found)}`)
  } finally {
    copy.close()
  }
}

/** SHA-256 of every file whose bytes the copy says are kept, in order. */
export async function hashesKept(folder: string): Promise<string[]> {
  const copy = await opened(folder, { readonly: true })
  try {
    const rows = copy.prepare('SELECT DISTINCT sha256 FROM files WHERE purged_at IS NULL ORDER BY sha256').all()
    return (rows as { sha256: string }[]).map(({ sha256 }) => sha256)
  } finally {
    copy.close()
  }
}
