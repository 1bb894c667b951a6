import { isAscii } from 'node:buffer'
import { open } from 'node:fs/promises'
import iconv from 'iconv-lite'
import type { Dialect } from './dialect.js'

const pieceSize = 1 << 16

/** Copies a file of one byte a character as UTF-8. DuckDB has no such encoding offline, and its latin-1 refuses 0x80-0x9F. */
export async function transcodeFile(path: string, target: string, encoding: Dialect['encoding']): Promise<void> {
  const source = await open(path, 'r')
  const copy = await open(target, 'w')
  try {
    for await (const chunk of source.createReadStream({ highWaterMark: 1 << 20, autoClose: false })) {
      await copy.appendFile(toUtf8(chunk as Buffer, encoding))
    }
  } finally {
    await copy.close()
    await source.close()
  }
}

/** Most stretches of an extract are plain ASCII, which is the same in both. */
export function toUtf8(chunk: Buffer, encoding: Dialect['encoding']): Buffer {
  if (isAscii(chunk)) return chunk
  const pieces: Buffer[] = []
  for (let at = 0; at < chunk.length; at += pieceSize) {
    const piece = chunk.subarray(at, at + pieceSize)
    pieces.push(isAscii(piece) ? piece : Buffer.from(iconv.decode(piece, encoding), 'utf8'))
  }
  return Buffer.concat(pieces)
}
