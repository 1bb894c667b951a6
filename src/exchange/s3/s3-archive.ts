import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { stat, unlink } from 'node:fs/promises'
import path from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { MatchbookError, systemError } from '../../errors/index.js'
import type { Archive, KeptBytes, Stored } from '../archive.js'
import { ArchiveWriter, type Places } from '../archive-writer.js'
import { HeldFile } from '../held-file.js'
import { ResumableWriter } from '../resumable-writer.js'
import { Copies } from './copies.js'
import type { S3Objects, S3Options } from './s3-objects.js'
import { bucketText, keyOf, type S3Keys, type S3Place } from './s3-place.js'

export interface S3ArchiveSettings {
  readonly place: S3Place
  /** For copies of what is in use, best on a disk of this machine. */
  readonly copies: string
  /** Read when the store is first asked. */
  readonly keys: () => Promise<S3Keys>
}

/** An upload that was begun so long ago is nobody's any more: milliseconds. */
const GIVEN_UP = 2 * 24 * 60 * 60 * 1000

/** To read what is there; nothing is looked for, and the store is not asked, before that. */
export function keptInS3(settings: S3ArchiveSettings, options?: S3Options): KeptBytes {
  return readerOf(settings, connection(settings, options), new Copies(settings.copies))
}

/**
 * The archive in an S3-compatible store. What comes is written here first, as into a folder, then put there under its hash, and only
 * when the server has taken it is it told to be kept.
 * @throws DISK-FULL, WORKSPACE-READ-ONLY
 */
export async function openS3Archive(settings: S3ArchiveSettings, options?: S3Options): Promise<Archive> {
  const copies = new Copies(settings.copies)
  await copies.open()
  const connect = connection(settings, options)
  const places: Places = {
    folder: copies.folder,
    async put(temporary, sha256) {
      const { size } = await stat(temporary)
      await (await connect()).put(sha256, { file: temporary, size })
      return copies.take(temporary, sha256)
    },
  }
  const smallFiles = {
    async keep({ sha256, bytes }: { readonly sha256: string; readonly bytes: Buffer }) {
      await (await connect()).put(sha256, bytes)
      return copies.write(sha256, bytes).catch((error: unknown) => {
        throw systemError(error, copies.folder)
      })
    },
  }
  return {
    ...readerOf(settings, connect, copies),
    writer: (expected) => ArchiveWriter.open(copies.temporary(), places, expected),
    held: () => new HeldFile(smallFiles),
    resumable: (key, expected) => ResumableWriter.resume(path.join(copies.work, `part~${key}`), places, expected),
    settle: async () => {},
    async remove(sha256) {
      await (await connect()).remove(sha256)
      await copies.remove(sha256)
    },
    async *stored(): AsyncGenerator<readonly Stored[]> {
      const objects = await connect()
      await objects.giveUpParts(Date.now() - GIVEN_UP)
      yield* objects.stored()
    },
  }
}

/** Library and secrets are loaded when the store is first asked for something. */
function connection({ place, keys }: S3ArchiveSettings, options?: S3Options): () => Promise<S3Objects> {
  let connected: Promise<S3Objects> | undefined
  const connect = async (): Promise<S3Objects> => {
    const { S3Objects } = await import('./s3-objects.js')
    return new S3Objects(place, await keys(), options)
  }
  return () => {
    connected ??= connect()
    return connected
  }
}

function readerOf({ place }: S3ArchiveSettings, connect: () => Promise<S3Objects>, copies: Copies): KeptBytes {
  /** Of each hash the fetching that is under way. */
  const coming = new Map<string, Promise<string>>()
  const fetched = async (sha256: string): Promise<string> =>
    (await copies.find(sha256)) ?? fetch(await connect(), copies, sha256)
  const here = (sha256: string): Promise<string> => {
    const asked = coming.get(sha256)
    if (asked !== undefined) return asked
    const fetching = fetched(sha256).finally(() => coming.delete(sha256))
    coming.set(sha256, fetching)
    return fetching
  }
  return {
    placeOf: (sha256) => `s3://${place.bucket}/${keyOf(place, sha256)}`,
    path: here,
    read: async (sha256) => (await connect()).get(sha256),
    async bring(hashes) {
      await Promise.all(hashes.map((sha256) => here(sha256).catch(() => {})))
    },
  }
}

async function fetch(objects: S3Objects, copies: Copies, sha256: string): Promise<string> {
  const temporary = copies.temporary()
  try {
    await copies.prepare()
    const found = await objects.getWhole(sha256, async (bytes) => {
      const hash = createHash('sha256')
      const hashed = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          hash.update(chunk)
          done(null, chunk)
        },
      })
      await unlink(temporary).catch(() => {})
      await pipeline(bytes, hashed, createWriteStream(temporary, { flags: 'wx', mode: 0o400 }))
      return hash.digest('hex')
    })
    if (found !== sha256)
      throw new MatchbookError('ARCHIVE-DAMAGED', `${bucketText(objects.place)} holds other bytes under ${sha256}`, {
        facts: { sha256, found },
      })
    return await copies.take(temporary, sha256)
  } catch (error) {
    await unlink(temporary).catch(() => {})
    throw systemError(error, copies.folder)
  }
}
