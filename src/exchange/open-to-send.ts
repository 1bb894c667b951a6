import { type FileHandle, open } from 'node:fs/promises'
import { MatchbookError } from '../errors/index.js'

/** Opens a file of ours that goes out. @throws ARCHIVE-MISSING when it is not there */
export async function openToSend(localFile: string): Promise<FileHandle> {
  return open(localFile, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    throw new MatchbookError('ARCHIVE-MISSING', `${localFile} was to be sent and is gone`, {
      facts: { file: localFile },
      cause: error,
    })
  })
}
