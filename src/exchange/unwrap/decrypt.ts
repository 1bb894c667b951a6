import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable, type Writable } from 'node:stream'
import { writeInto } from '../write-into.js'
import type { Budget } from './budget.js'
import { refusal } from './refused.js'
import type { PgpKeys } from './unwrap-rules.js'

/**
 * Decrypts an OpenPGP message (RFC 9580), binary or armored, and checks its signature where the partner's key is given. Bytes reach the
 * sink before they are known to be genuine: they must not be used unless this returns.
 * @throws Refused; what the sink fails with
 */
export async function decrypt(
  file: string,
  sink: Writable,
  budget: Budget,
  { ours, partner }: PgpKeys,
  largest: number,
): Promise<void> {
  const pgp = await import('openpgp')
  const source = createReadStream(file, (await isBinary(file)) ? undefined : 'latin1')
  try {
    const config = { allowUnauthenticatedStream: true, maxDecompressedMessageSize: largest }
    const stream = Readable.toWeb(source)
    const message = source.readableEncoding
      ? await pgp.readMessage({ armoredMessage: stream, config })
      : await pgp.readMessage({ binaryMessage: stream, config })
    const { data } = await pgp.decrypt({
      message,
      decryptionKeys: ours,
      format: 'binary',
      config,
      ...(partner === undefined ? {} : { verificationKeys: partner, expectSigned: true }),
    })
    for await (const bytes of data) {
      budget.spend(bytes.length)
      await writeInto(sink, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length))
    }
  } catch (error) {
    throw refusal('cannot be decrypted', error)
  } finally {
    source.destroy()
  }
}

/** A packet begins with a byte whose highest bit is set (RFC 9580, 4.2); armor is ASCII. */
async function isBinary(file: string): Promise<boolean> {
  const handle = await open(file)
  try {
    const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, 0)
    return (buffer[0] ?? 0) >= 0x80
  } finally {
    await handle.close()
  }
}
