import { createReadStream } from 'node:fs'
import type { Writable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { writeInto } from '../write-into.js'
import type { Budget } from './budget.js'
import { refusal } from './refused.js'

/** Unpacks a gzip file (RFC 1952); its checksum and length must be right. @throws Refused; what the sink fails with */
export async function gunzip(file: string, sink: Writable, budget: Budget): Promise<void> {
  const packed = createReadStream(file)
  const unpacked = createGunzip()
  packed.on('error', (error) => unpacked.destroy(error))
  try {
    for await (const bytes of packed.pipe(unpacked)) {
      budget.spend(bytes.length)
      await writeInto(sink, bytes)
    }
  } catch (error) {
    throw refusal('is not a whole gzip file', error)
  } finally {
    packed.destroy()
    unpacked.destroy()
  }
}
