import { createHash, randomUUID } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import type { S3Keys, S3Place } from './s3-place.js'
import { bucketText, serverText } from './s3-place.js'

/** The store of an archive, to be looked at by the doctor: each question is asked once. */
export interface ExaminedStore {
  /** For people: bucket, prefix and server. */
  readonly said: string
  /** Whether it can be reached and listed. @throws ARCHIVE-UNREACHABLE, ARCHIVE-REFUSED */
  list(): Promise<void>
  has(sha256: string): Promise<boolean>
  /** Puts an object of its own, reads it and removes it. @returns whether the server refused bytes that were not as announced */
  write(): Promise<boolean>
  close(): void
}

/** @throws ARCHIVE-REFUSED when the certificate of the authority cannot be read */
export async function examineS3(place: S3Place, keys: S3Keys): Promise<ExaminedStore> {
  const { S3Objects } = await import('./s3-objects.js')
  const objects = new S3Objects(place, keys, { tries: 1 })
  return {
    said: `${bucketText(place)} at ${serverText(place)}`,
    async list() {
      for await (const _ of objects.stored()) return
    },
    has: (sha256) => objects.has(sha256),
    async write() {
      const bytes = Buffer.from(`matchbook doctor ${randomUUID()}: this object may be removed\n`)
      const [right, wrong] = [bytes, Buffer.from('other bytes')].map((of) =>
        createHash('sha256').update(of).digest('hex'),
      )
      if (right === undefined || wrong === undefined) throw new Error('no hash')
      try {
        await objects.put(right, bytes)
        await buffer(await objects.get(right))
        await objects.put(wrong, bytes).catch(() => {})
        return !(await objects.has(wrong))
      } finally {
        for (const name of [right, wrong]) await objects.remove(name)
      }
    },
    close: () => objects.close(),
  }
}
