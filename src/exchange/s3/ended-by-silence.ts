import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'

/**
 * Bytes that come from a server, ended when none has come for so many milliseconds: the library watches no longer than to the first ones, and a
 * night would wait for the rest for ever.
 */
export function endedBySilence(bytes: IncomingMessage, milliseconds: number): Readable {
  const { socket } = bytes
  let before = socket.bytesRead
  const watch = setInterval(() => {
    // Bytes that lie here wait for whoever takes them, not for the server.
    const silent = socket.bytesRead === before && !bytes.complete && bytes.readableLength === 0
    before = socket.bytesRead
    if (silent)
      bytes.destroy(Object.assign(new Error(`nothing came for ${milliseconds / 1000} seconds`), { code: 'ETIMEDOUT' }))
  }, milliseconds).unref()
  return bytes.once('close', () => clearInterval(watch))
}
