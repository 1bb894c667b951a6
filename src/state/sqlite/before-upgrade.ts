import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { MatchbookError } from '../../errors/index.js'
import { beforeUpgrade } from '../migrate.js'
import { copySqlite } from './copy-sqlite.js'
import { sealCopy } from './sealed-copy.js'

/** Keeps the SQLite store of a folder as the older version left it. */
export const keepBeforeUpgrade = (folder: string, version: string): Promise<string> =>
  keepCopy(folder, version, (part) => copySqlite(folder, part))

/**
 * Keeps a copy of a store of an older version: one file that needs nothing beside it, read through once, on disk before anything is
 * changed. One of the same version is replaced: that version has worked on since.
 * @param copyInto makes matchbook.db in the folder given
 * @returns the file, relative to the state folder
 * @throws STATE-CORRUPT when not all of the store can be read, DISK-FULL
 */
export async function keepCopy(
  folder: string,
  version: string,
  copyInto: (part: string) => Promise<void>,
): Promise<string> {
  const kept = path.join(folder, beforeUpgrade, version)
  const part = `${kept}.part`
  rmSync(part, { recursive: true, force: true })
  mkdirSync(part, { recursive: true, mode: 0o700 })
  await copyInto(part)
  await sealCopy(part).catch((cause: unknown) => {
    throw cause instanceof MatchbookError
      ? new MatchbookError('STATE-CORRUPT', `${folder}: ${cause.message}; it is not brought forward`, { cause })
      : cause
  })
  sync(path.join(part, 'matchbook.db'))
  rmSync(kept, { recursive: true, force: true })
  renameSync(part, kept)
  sync(path.dirname(kept))
  return path.join(beforeUpgrade, version, 'matchbook.db')
}

function sync(place: string): void {
  // Windows cannot open a folder.
  if (process.platform === 'win32' && !place.endsWith('.db')) return
  const handle = openSync(place, place.endsWith('.db') ? 'r+' : 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
