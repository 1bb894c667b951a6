import { createReadStream, createWriteStream } from 'node:fs'
import { Duplex, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { PrivateKey, PublicKey } from 'openpgp'
import { MatchbookError } from '../../errors/index.js'

/** How a file is wrapped before it goes out; compressed first where it is both. */
export interface WrapRules {
  readonly gzip: boolean
  readonly pgp?: WrapKeys
}

export interface WrapKeys {
  /** Whom it is encrypted for. */
  readonly partner: PublicKey
  /** Ours, unlocked; the file is signed with it. */
  readonly ours?: PrivateKey
}

/** What a file is called in its wrapping. */
export const wrappedName = (name: string, { gzip, pgp }: WrapRules): string =>
  `${name}${gzip ? '.gz' : ''}${pgp === undefined ? '' : '.pgp'}`

/**
 * Writes the wrapped file. Compressing the same bytes gives the same bytes again; encrypting never does, so a file is wrapped once,
 * when it is queued.
 * @throws SECRET-MISSING when the keys are not fit for it
 */
export async function wrap(file: string, target: string, { gzip, pgp }: WrapRules): Promise<void> {
  const source = createReadStream(file)
  const compressed = gzip ? [createGzip()] : []
  const encrypted = pgp === undefined ? [] : [Duplex.from(encryptor(pgp))]
  await pipeline([source, ...compressed, ...encrypted, createWriteStream(target, { mode: 0o600 })])
}

/** An OpenPGP message (RFC 9580), binary. */
const encryptor = ({ partner, ours }: WrapKeys) =>
  async function* (clear: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
    const pgp = await import('openpgp')
    const stream = Readable.toWeb(Readable.from(bytesOf(clear), { objectMode: false }))
    const message = await pgp.createMessage({ binary: stream })
    const encrypted = await pgp
      .encrypt({
        message,
        encryptionKeys: partner,
        format: 'binary',
        ...(ours === undefined ? {} : { signingKeys: ours }),
      })
      .catch((cause: unknown) => {
        const why = cause instanceof Error ? cause.message : String(cause)
        throw new MatchbookError('SECRET-MISSING', `nothing can be encrypted with this PGP key: ${why}`, { cause })
      })
    yield* encrypted
  }

/** openpgp wants plain arrays of bytes, not their subclass. */
async function* bytesOf(clear: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  for await (const bytes of clear) yield new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
}
