import { open } from 'node:fs/promises'

/** Large reads, since each costs a turn of the thread pool; small chunks, since their text stays in the young generation. */
const READ_BYTES = 1024 * 1024
const CHUNK_BYTES = 64 * 1024

/**
 * The bytes of a file in order, for a scanner. The next part is read while this one is worked on. Chunks are views of two buffers
 * used in turn, good until the next chunk is asked for: faster than a read stream, which allocates each anew, and of fixed memory.
 * @throws the file system's error when the file cannot be opened or read
 */
export async function* fileChunks(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r')
  let [buffer, other] = [Buffer.allocUnsafe(READ_BYTES), Buffer.allocUnsafe(READ_BYTES)]
  let reading = file.read(buffer, 0, READ_BYTES, null)
  try {
    for (;;) {
      const { bytesRead } = await reading
      if (bytesRead === 0) return
      reading = file.read(other, 0, READ_BYTES, null)
      yield* chunksOf(buffer.subarray(0, bytesRead))
      ;[buffer, other] = [other, buffer]
    }
  } finally {
    // Whoever stops early does not wait for what was read ahead, nor hear of its failure.
    await reading.catch(() => {})
    await file.close()
  }
}

/** Bytes in memory as chunks for a scanner. */
export function* chunksOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES)
}
