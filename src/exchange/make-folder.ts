import { mkdir } from 'node:fs/promises'
import path from 'node:path'

/**
 * Makes a folder and those above it. Not by mkdir's `recursive`: on a read-only disk Node 20 says ENOENT there, which hides from
 * the operator what is wrong.
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EEXIST') return
    if (code !== 'ENOENT' || path.dirname(folder) === folder) throw error
    await makeFolder(path.dirname(folder))
    await mkdir(folder).catch((again: NodeJS.ErrnoException) => {
      // Another run made it in the meantime.
      if (again.code !== 'EEXIST') throw again
    })
  }
}
