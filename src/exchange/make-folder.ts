import { lstatSync, statSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { MatchbookError } from '../errors/index.js'
import { syncFolder } from './sync-folder.js'

/**
 * Makes a folder and those above it, to outlive a power failure. Not by mkdir's `recursive`: on a read-only disk Node 20 says ENOENT
 * there, which hides from the operator what is wrong; and where nothing can be made though the folder above is there (below /proc) it tries
 * for ever.
 * @throws WORKSPACE-READ-ONLY when the folder above is there and still nothing can be made in it
 */
export async function makeFolder(folder: string): Promise<void> {
  const above = path.dirname(folder)
  try {
    await makeOne(folder)
  } catch (error) {
    if (!isMissing(error) || above === folder) throw error
    await makeFolder(above)
    await makeOne(folder).catch((again: unknown) => {
      throw isMissing(again) ? leadsNowhere(above, again) : again
    })
  }
}

async function makeOne(folder: string): Promise<void> {
  try {
    await mkdir(folder)
    await syncFolder(path.dirname(folder))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (
      code === 'ENOTDIR' ||
      (code === 'EEXIST' && statSync(folder, { throwIfNoEntry: false })?.isDirectory() === false)
    ) {
      const hint = 'Name another folder, or move the file away; nothing was changed'
      throw new MatchbookError('WORKSPACE-READ-ONLY', `${folder} is no folder, or below a file`, { hint, cause: error })
    }
    // Another run may have made it in the meantime.
    if (code !== 'EEXIST') throw error
  }
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'

/** What is so when a folder is there, and it is not. */
export function leadsNowhere(folder: string, cause: unknown): MatchbookError {
  const says = lstatSync(folder).isSymbolicLink()
    ? `${folder} is a link to a place that is not there`
    : `nothing can be made in ${folder}`
  const hint = 'Is a disk not mounted? Mount it, or name a folder elsewhere; nothing was changed'
  return new MatchbookError('WORKSPACE-READ-ONLY', says, { hint, facts: { folder }, cause })
}
