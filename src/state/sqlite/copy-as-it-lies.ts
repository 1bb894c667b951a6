import { constants, copyFileSync, existsSync, statSync } from 'node:fs'
import path from 'node:path'

/** How often it is tried anew where somebody writes meanwhile. */
const TRIES = 5

/**
 * Copies the file of the store and its log without opening either, which takes neither room nor rights beside them: SQLite itself needs both even to
 * read. Both are copied as they were at one moment, since neither has changed when the second is there.
 * @returns whether it could be done: not while somebody writes all the time
 */
export function copyAsItLies(from: string, to: string): boolean {
  const names = ['matchbook.db', 'matchbook.db-wal'].filter((name) => existsSync(path.join(from, name)))
  const look = (): string =>
    names
      .map((name) => statSync(path.join(from, name), { bigint: true }))
      .map(({ ino, size, mtimeNs }) => `${ino} ${size} ${mtimeNs}`)
      .join()
  for (let left = TRIES; left > 0; left -= 1) {
    const before = look()
    for (const name of names) copyFileSync(path.join(from, name), path.join(to, name), constants.COPYFILE_FICLONE)
    if (look() === before) return true
  }
  return false
}
