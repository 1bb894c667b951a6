import { Writable } from 'node:stream'
import type { Endpoint } from '../../src/exchange/index.js'

/** All bytes of a file at an endpoint. */
export async function bytesFrom(endpoint: Endpoint, path: string): Promise<Buffer> {
  const parts: Buffer[] = []
  const sink = new Writable({
    write(bytes: Buffer, _encoding, done) {
      parts.push(bytes)
      done()
    },
  })
  await endpoint.get(path, sink)
  return Buffer.concat(parts)
}
