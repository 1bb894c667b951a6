import { open } from 'node:fs/promises'
import type { Dialect } from './dialect.js'
import { byteOrderMark } from './encoding.js'
import { longestRecord, RecordScanner, type RecordSpan } from './record-scanner.js'

const chunkSize = 1 << 20

export interface FileVisitor {
  /** Each record, blank lines too. The span is only valid within the call, its buffer until after `pause`. */
  record(span: RecordSpan): void
  /** All bytes as read, in order, before their records; a byte order mark is left out. Only valid within the call. */
  bytes?(chunk: Buffer, byteOffset: number): void
  /** After the records of a chunk; false stops the reading. */
  pause?(): boolean | Promise<boolean>
}

/**
 * Reads a file once in chunks and shows its records to the visitor. Two buffers take turns, so that a chunk is read while the one before it is
 * looked at: what must last is copied.
 */
export async function scanFile(path: string, dialect: Dialect, visitor: FileVisitor): Promise<void> {
  const scanner = new RecordScanner(dialect, (span) => visitor.record(span))
  const file = await open(path, 'r')
  let buffer = chunkBuffer()
  let other: Buffer | undefined
  let position = 0
  /** Bytes before the chunk, of a record that goes on in it. */
  let kept = 0
  let ahead = fill(file, buffer, position)
  try {
    for (let last = false; !last; ) {
      const bytesRead = await ahead
      last = bytesRead < chunkSize
      const next = last ? buffer : (other ?? chunkBuffer())
      if (!last) {
        ahead = fill(file, next, position + bytesRead)
        // Told when its turn comes.
        ahead.catch(() => {})
      }
      const chunk = buffer.subarray(longestRecord, longestRecord + bytesRead)
      const skip = position === 0 && chunk.subarray(0, 3).equals(byteOrderMark) ? 3 : 0
      visitor.bytes?.(chunk.subarray(skip), position + skip)
      const filled = buffer.subarray(longestRecord - kept + skip, longestRecord + bytesRead)
      const taken = scanner.scan(filled, position + skip - kept, last)
      position += bytesRead
      if ((await visitor.pause?.()) === false) return
      kept = filled.length - taken
      filled.copy(next, longestRecord - kept, taken)
      other = buffer
      buffer = next
    }
  } finally {
    await ahead.catch(() => {})
    await file.close()
  }
}

/** Room for a chunk, and before it for the longest record that may have begun in the one before. */
const chunkBuffer = (): Buffer => Buffer.allocUnsafe(longestRecord + chunkSize)

/** Reads a chunk. A short read before the end of a file is allowed by the system; it must not look like the end. */
async function fill(file: Awaited<ReturnType<typeof open>>, buffer: Buffer, position: number): Promise<number> {
  let filled = 0
  while (filled < chunkSize) {
    const { bytesRead } = await file.read(buffer, longestRecord + filled, chunkSize - filled, position + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return filled
}
