import { MatchbookError } from '../errors/index.js'
import type { Endpoint } from './endpoint.js'
import { isTooLong } from './entry-name.js'
import type { PullDrop } from './pull-drop.js'
import type { Found } from './walk.js'

/** Why a file could not be claimed; it stays where it is. */
export interface Unclaimed {
  readonly unclaimed: string
}

/** Gives a file that we claimed and do not take yet its own name back, if nothing has come under it since. */
export async function unclaim(endpoint: Endpoint, was: Found, now: Found): Promise<void> {
  if (now.path === was.path || (await endpoint.stat(was.path)) !== undefined) return
  await endpoint.rename(now.path, was.path)
}

/**
 * Marks a file as ours by renaming it, so that no other reader of the folder takes it too. One that is claimed already stays so.
 * @returns the file where it is now
 * @throws REMOTE-PERMISSION where we may not rename
 */
export async function claimed<T extends Found>(endpoint: Endpoint, drop: PullDrop, file: T): Promise<T | Unclaimed> {
  if (drop.claim === undefined || drop.after === 'leave' || file.claimed) return file
  if (isTooLong(file.entry.name + drop.claim)) return { unclaimed: 'the name is too long to be claimed' }
  const path = file.path + drop.claim
  try {
    await endpoint.rename(file.path, path)
  } catch (error) {
    if (error instanceof MatchbookError && error.code === 'REMOTE-MISSING')
      return { unclaimed: 'gone before we could claim it: someone else took it' }
    throw error
  }
  return { ...file, path, claimed: true, entry: { ...file.entry, name: file.entry.name + drop.claim } }
}
