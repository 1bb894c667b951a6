import { createHash, type Hash } from 'node:crypto'
import { type FileHandle, open, rename, unlink } from 'node:fs/promises'
import path from 'node:path'
import { Writable } from 'node:stream'
import { systemError } from '../errors/index.js'
import { makeFolder } from './make-folder.js'
import { syncFolder } from './sync-folder.js'

export interface Archived {
  /** SHA-256, hex. */
  readonly sha256: string
  /** Bytes. */
  readonly size: number
  readonly path: string
}

/** `aa/bb/<sha256>` below the archive folder. */
export const placeInArchive = (folder: string, sha256: string): string =>
  path.join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256)

/** Takes the bytes of one file, hashes them on the way, and puts them in their place when they are whole. */
export class ArchiveWriter extends Writable {
  #hash: Hash
  #size: number

  protected constructor(
    protected readonly file: FileHandle,
    readonly temporary: string,
    private readonly folder: string,
    /** What the file holds already. */
    before: { readonly size: number; readonly hash: Hash } = { size: 0, hash: createHash('sha256') },
  ) {
    super({ decodeStrings: true })
    this.#size = before.size
    this.#hash = before.hash
    // Failures reach the one who writes through the callback of write.
    this.on('error', () => {})
  }

  static async open(temporary: string, folder: string): Promise<ArchiveWriter> {
    try {
      return new ArchiveWriter(await open(temporary, 'wx+', 0o400), temporary, folder)
    } catch (error) {
      throw systemError(error, temporary)
    }
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#hash.update(bytes)
    this.#size += bytes.length
    this.file.writeFile(bytes).then(
      () => done(),
      (error: unknown) => done(systemError(error, this.folder) as Error),
    )
  }

  /** Bytes it holds. */
  get size(): number {
    return this.#size
  }

  /** SHA-256 (hex) of what it holds so far. */
  protected hashSoFar(): string {
    return this.#hash.copy().digest('hex')
  }

  /** The last bytes it holds, so many at the most. Call when no write is under way. */
  async ending(length: number): Promise<Buffer> {
    const start = Math.max(0, this.#size - length)
    const { buffer, bytesRead } = await this.file.read(Buffer.alloc(this.#size - start), 0, this.#size - start, start)
    return buffer.subarray(0, bytesRead)
  }

  /** Call after the last write has been taken: durable, bytes and name, when this returns. @throws DISK-FULL, WORKSPACE-READ-ONLY */
  async keep(): Promise<Archived> {
    const sha256 = this.#hash.digest('hex')
    const place = placeInArchive(this.folder, sha256)
    const inner = path.dirname(place)
    try {
      await this.file.sync()
      await this.file.close()
      await makeFolder(inner)
      // What is there already has the same bytes; if a disk damaged it, this mends it.
      await rename(this.temporary, place)
      for (const changed of [inner, path.dirname(inner), this.folder]) await syncFolder(changed)
    } catch (error) {
      await this.discard()
      throw systemError(error, this.folder)
    }
    this.destroy()
    return { sha256, size: this.#size, path: place }
  }

  /** Throws away what was written. */
  async discard(): Promise<void> {
    this.destroy()
    await this.file.close().catch(() => {})
    await unlink(this.temporary).catch(() => {})
  }
}
