import { open } from 'node:fs/promises'
import { systemError } from '../../errors/index.js'
import type { Reading } from '../reading.js'
import { documentPlace } from './document-entries.js'
import type { Gathered } from './gathered.js'
import type { DocumentBytes } from './timeline.js'

/** Each document as it lies in the archive, in the order of files and places. @throws ARCHIVE-MISSING, DISK-FAILED */
export async function documentBytes({ archive }: Reading, found: Gathered): Promise<DocumentBytes[]> {
  const files = new Map(found.files.map((file) => [file.id, file]))
  const pieces: DocumentBytes[] = []
  for (const document of found.documents) {
    const file = files.get(document.file_id)
    const place = documentPlace(document, files)
    const isGone = file === undefined || file.purged_at !== null
    const bytes = isGone
      ? null
      : await pieceOf(await archive.path(file.sha256), document.byte_offset, document.byte_length)
    pieces.push({ document: document.id, place, base64: bytes?.toString('base64') ?? null })
  }
  return pieces
}

async function pieceOf(file: string, offset: number, length: number): Promise<Buffer> {
  try {
    const handle = await open(file)
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, offset)
      return buffer.subarray(0, bytesRead)
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw systemError(error, file)
  }
}
