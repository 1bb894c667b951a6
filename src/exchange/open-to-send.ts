import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { MatchbookError } from '../errors/index.js'

/** Opens a file of ours that goes out. @throws ARCHIVE-MISSING when it is not there */
export async function openToSend(localFile: string): Promise<FileHandle> {
  return open(localFile, 'r').catch((error: unknown) => {
    throw gone(localFile, error)
  })
}

/**
 * All of a file of ours that goes out, if it has `most` bytes at the most. Read at once: to hand so little to another thread takes longer.
 * @throws ARCHIVE-MISSING when it is not there
 */
export function readToSend(localFile: string, most: number): Buffer | undefined {
  let file: number | undefined
  try {
    file = openSync(localFile, 'r')
    return fstatSync(file).size <= most ? readFileSync(file) : undefined
  } catch (error) {
    throw gone(localFile, error)
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

function gone(localFile: string, error: unknown): unknown {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) return error
  return new MatchbookError('ARCHIVE-MISSING', `${localFile} was to be sent and is gone`, {
    facts: { file: localFile },
    cause: error,
  })
}
