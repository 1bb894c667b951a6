import { open } from 'node:fs/promises'
import type { Dialect } from './dialect.js'
import { byteOrderMark } from './encoding.js'
import { RecordScanner, type RecordSpan } from './record-scanner.js'

const chunkSize = 1 << 20

export interface FileVisitor {
  /** Each record, blank lines too. The span is only valid within the call, its buffer until after `pause`. */
  record(span: RecordSpan): void
  /** All bytes as read, in order, before their records; a byte order mark is left out. Only valid within the call. */
  bytes?(chunk: Buffer, byteOffset: number): void
  /** After the records of a chunk; false stops the reading. */
  pause?(): boolean | Promise<boolean>
}

/** Reads a file once in chunks and shows its records to the visitor. All chunks share one buffer: what must last is copied. */
export async function scanFile(path: string, dialect: Dialect, visitor: FileVisitor): Promise<void> {
  const scanner = new RecordScanner(dialect, (span) => visitor.record(span))
  const file = await open(path, 'r')
  try {
    // A record that goes on in the next chunk is moved to the front.
    let buffer = Buffer.allocUnsafe(2 * chunkSize)
    let kept = 0
    let position = 0
    for (let last = false; !last; ) {
      if (buffer.length < kept + chunkSize) buffer = Buffer.concat([buffer], kept + chunkSize)
      const bytesRead = await fill(file, buffer.subarray(kept, kept + chunkSize), position)
      last = bytesRead < chunkSize
      const skip = position === 0 && buffer.subarray(0, Math.min(3, bytesRead)).equals(byteOrderMark) ? 3 : 0
      visitor.bytes?.(buffer.subarray(kept + skip, kept + bytesRead), position + skip)
      const filled = buffer.subarray(skip, kept + bytesRead)
      const taken = scanner.scan(filled, position + skip - kept, last)
      position += bytesRead
      if ((await visitor.pause?.()) === false) return
      kept = filled.length - taken
      filled.copy(buffer, 0, taken)
    }
  } finally {
    await file.close()
  }
}

/** A short read before the end of a file is allowed by the system; it must not look like the end. */
async function fill(file: Awaited<ReturnType<typeof open>>, chunk: Buffer, position: number): Promise<number> {
  let filled = 0
  while (filled < chunk.length) {
    const { bytesRead } = await file.read(chunk, filled, chunk.length - filled, position + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return filled
}
