import { open } from 'node:fs/promises'

/** Large reads, since each costs a turn of the thread pool; small chunks, since their text stays in the young generation. */
const READ_BYTES = 1024 * 1024
const CHUNK_BYTES = 64 * 1024

/**
 * The bytes of a file in order, for a scanner. Chunks are views of one buffer, good until the next is asked for: faster than a
 * read stream, which allocates each chunk anew, and of fixed memory.
 * @throws the file system's error when the file cannot be opened or read
 */
export async function* fileChunks(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r')
  try {
    const buffer = Buffer.allocUnsafe(READ_BYTES)
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, READ_BYTES, null)
      if (bytesRead === 0) return
      yield* chunksOf(buffer.subarray(0, bytesRead))
    }
  } finally {
    await file.close()
  }
}

/** Bytes in memory as chunks for a scanner. */
export function* chunksOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES)
}
