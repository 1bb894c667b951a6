import { open } from 'node:fs/promises'
import type { Dialect } from './dialect.js'
import { byteOrderMark } from './encoding.js'
import { RecordScanner, type RecordSpan } from './record-scanner.js'

const chunkSize = 1 << 20

export interface FileVisitor {
  /** Each record, blank lines too. The span is only valid within the call. */
  record(span: RecordSpan): void
  /** All bytes as read, in order, before their records; a byte order mark is left out. */
  bytes?(chunk: Buffer, byteOffset: number): void
  /** After the records of a chunk; false stops the reading. */
  pause?(): boolean | Promise<boolean>
}

/** Reads a file once in chunks and shows its records to the visitor. */
export async function scanFile(path: string, dialect: Dialect, visitor: FileVisitor): Promise<void> {
  const scanner = new RecordScanner(dialect, (span) => visitor.record(span))
  const file = await open(path, 'r')
  try {
    let rest: Buffer = Buffer.alloc(0)
    let position = 0
    for (let last = false; !last; ) {
      const chunk = Buffer.allocUnsafe(chunkSize)
      const { bytesRead } = await fill(file, chunk, position)
      last = bytesRead < chunkSize
      const skip = position === 0 && chunk.subarray(0, bytesRead).subarray(0, 3).equals(byteOrderMark) ? 3 : 0
      const fresh = chunk.subarray(skip, bytesRead)
      visitor.bytes?.(fresh, position + skip)
      const buffer = rest.length === 0 ? fresh : Buffer.concat([rest, fresh])
      const taken = scanner.scan(buffer, position + skip - rest.length, last)
      rest = buffer.subarray(taken)
      position += bytesRead
      if ((await visitor.pause?.()) === false) return
    }
  } finally {
    await file.close()
  }
}

/** A short read before the end of a file is allowed by the system; it must not look like the end. */
async function fill(
  file: Awaited<ReturnType<typeof open>>,
  chunk: Buffer,
  position: number,
): Promise<{ bytesRead: number }> {
  let filled = 0
  while (filled < chunk.length) {
    const { bytesRead } = await file.read(chunk, filled, chunk.length - filled, position + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return { bytesRead: filled }
}
