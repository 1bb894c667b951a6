import { createWriteStream } from 'node:fs'
import { mkdtemp, open, rm, stat } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { MatchbookError } from '../../errors/index.js'
import { fileChunks } from '../../formats/x12/index.js'

/** An X12 file as the edi commands have it: read as often as needed, any part of it at any time. */
export interface EdiFile {
  /** As people named it; "-" is standard input. */
  readonly name: string
  readonly path: string
  readonly size: number
  chunks(): AsyncIterable<Uint8Array>
  bytesAt(byteOffset: number, byteLength: number): Promise<Buffer>
}

/**
 * Opens a file, or with "-" what comes on standard input: that is kept in a private temporary folder while it is used, so that
 * any size can be read twice.
 * @throws USAGE when there is no such file
 */
export async function withEdiFile<T>(name: string, use: (file: EdiFile) => Promise<T>): Promise<T> {
  if (name !== '-') return withPath(name, name, use)
  const folder = await mkdtemp(path.join(os.tmpdir(), 'matchbook-edi-'))
  try {
    const kept = path.join(folder, 'stdin')
    await pipeline(process.stdin, createWriteStream(kept, { mode: 0o600 }))
    return await withPath(name, kept, use)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function withPath<T>(name: string, location: string, use: (file: EdiFile) => Promise<T>): Promise<T> {
  const found = await stat(location).catch(() => undefined)
  if (found === undefined) throw new MatchbookError('USAGE', `there is no file ${name}`, { facts: { file: name } })
  if (!found.isFile()) throw new MatchbookError('USAGE', `${name} is not a file`, { facts: { file: name } })
  const handle = await open(location, 'r').catch((error: Error) => {
    throw new MatchbookError('USAGE', `${name} cannot be read: ${error.message}`, { cause: error })
  })
  try {
    return await use({
      name,
      path: location,
      size: found.size,
      chunks: () => fileChunks(location),
      bytesAt: async (byteOffset, byteLength) => {
        const buffer = Buffer.alloc(byteLength)
        const { bytesRead } = await handle.read(buffer, 0, byteLength, byteOffset)
        return buffer.subarray(0, bytesRead)
      },
    })
  } finally {
    await handle.close()
  }
}
