import type { Writable } from 'node:stream'

/** Writes and waits until the sink took the bytes; fails with what the sink fails with. */
export const writeInto = (sink: Writable, bytes: Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    sink.write(bytes, (error) => (error ? reject(error) : resolve()))
  })
