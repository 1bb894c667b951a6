import { open } from 'node:fs/promises'
import { type Channel, NotSent } from './channel.js'
import { jsonMessage } from './webhook-body.js'

/** A line of JSON a message, on the disk before it counts as sent. `file` is absolute. */
export function openFile(file: string, now: () => string): Channel {
  const append = async (text: string): Promise<void> => {
    try {
      const handle = await open(file, 'a+', 0o600)
      try {
        const { size } = await handle.stat()
        // A line that a crash cut off stays by itself.
        const { buffer } =
          size === 0 ? { buffer: Buffer.from('\n') } : await handle.read(Buffer.alloc(1), 0, 1, size - 1)
        await handle.write(`${buffer[0] === 0x0a ? '' : '\n'}${text}`)
        await handle.sync()
      } finally {
        await handle.close()
      }
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
      throw new NotSent(`the file cannot be written (${code})`, 'channel', false)
    }
  }
  return {
    send: (message) => append(`${JSON.stringify({ at: now(), ...jsonMessage(message) })}\n`),
    check: () => append(''),
    close() {},
  }
}
