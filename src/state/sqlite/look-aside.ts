import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { MatchbookError } from '../../errors/index.js'
import { copyAsItLies } from './copy-as-it-lies.js'

/** A folder with a copy of the store, to be removed by whoever asked for it. */
export interface CopyAside {
  readonly folder: string
  remove(): void
}

/** In memory on Linux: there is room where the only disk is full. */
const places = [tmpdir(), '/dev/shm']

/**
 * A copy to look at where the store cannot be opened since nothing can be written beside it.
 * @returns undefined where that is not why, there is no store, or no room for a copy either
 */
export function copyAside(from: string, why: unknown): CopyAside | undefined {
  if (!(why instanceof MatchbookError) || !['DISK-FULL', 'WORKSPACE-READ-ONLY'].includes(why.code)) return undefined
  if (!existsSync(path.join(from, 'matchbook.db'))) return undefined
  for (const place of places) {
    let folder: string | undefined
    try {
      folder = mkdtempSync(path.join(place, 'matchbook-look-'))
      const made = folder
      if (copyAsItLies(from, made))
        return { folder: made, remove: () => rmSync(made, { recursive: true, force: true }) }
    } catch {
      // No room there, no such place, or a store that cannot even be read: the first reason is the one that counts.
    }
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
  }
  return undefined
}
