import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { syncFolder } from './sync-folder.js'

/**
 * Makes a folder and those above it, to outlive a power failure. Not by mkdir's `recursive`: on a read-only disk Node 20 says ENOENT
 * there, which hides from the operator what is wrong.
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder)
    await syncFolder(path.dirname(folder))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EEXIST') return
    if (code !== 'ENOENT' || path.dirname(folder) === folder) throw error
    await makeFolder(path.dirname(folder))
    // Another run may have made it in the meantime.
    await makeFolder(folder)
  }
}
