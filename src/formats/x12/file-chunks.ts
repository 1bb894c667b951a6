import { open } from 'node:fs/promises'

/** Large reads, since each costs a turn of the thread pool; small chunks, since their text stays in the young generation. */
const READ_BYTES = 1024 * 1024
const CHUNK_BYTES = 64 * 1024

/**
 * The bytes of a file in order, for a scanner. Chunks are views of one of two buffers, the other being read meanwhile, and good until
 * the next is asked for: faster than a read stream, which allocates each chunk anew, and of fixed memory.
 * @throws the file system's error when the file cannot be opened or read
 */
export async function* fileChunks(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r')
  try {
    let [full, spare] = [Buffer.allocUnsafe(READ_BYTES), Buffer.allocUnsafe(READ_BYTES)]
    let reading = file.read(full, 0, READ_BYTES, null)
    for (;;) {
      const { bytesRead } = await reading
      if (bytesRead === 0) return
      reading = file.read(spare, 0, READ_BYTES, null)
      // An error is thrown where it is awaited; should nobody ask for more, nobody awaits it.
      reading.catch(() => {})
      yield* chunksOf(full.subarray(0, bytesRead))
      ;[full, spare] = [spare, full]
    }
  } finally {
    await file.close()
  }
}

/** Bytes in memory as chunks for a scanner. */
export function* chunksOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES)
}
