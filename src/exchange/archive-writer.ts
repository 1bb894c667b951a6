import { createHash, type Hash } from 'node:crypto'
import { type FileHandle, open, unlink } from 'node:fs/promises'
import { Writable } from 'node:stream'
import { systemError } from '../errors/index.js'

export interface Archived {
  /** SHA-256, hex. */
  readonly sha256: string
  /** Bytes. */
  readonly size: number
  readonly path: string
}

/** Where a writer's file goes when it is whole. */
export interface Places {
  /** For messages. */
  readonly folder: string
  /** Gives a file, whose bytes are synced, its place. @returns a file with its bytes, when they will last */
  put(temporary: string, sha256: string): Promise<string>
}

/** Bytes after which what was written is sent to the disk already, so that the sync at the end of a large file is short. */
const flushEvery = 32 * 1024 * 1024

/** Takes the bytes of one file, hashes them on the way, and puts them in their place when they are whole. */
export class ArchiveWriter extends Writable {
  #hash: Hash
  #size: number
  #flushed = 0
  #flushing: Promise<void> | undefined

  protected constructor(
    protected readonly file: FileHandle,
    readonly temporary: string,
    private readonly places: Places,
    /** What the file holds already. */
    before: { readonly size: number; readonly hash: Hash } = { size: 0, hash: createHash('sha256') },
  ) {
    super({ decodeStrings: true })
    this.#size = before.size
    this.#hash = before.hash
    // Failures reach the one who writes through the callback of write.
    this.on('error', () => {})
  }

  static async open(temporary: string, places: Places): Promise<ArchiveWriter> {
    try {
      return new ArchiveWriter(await open(temporary, 'wx+', 0o400), temporary, places)
    } catch (error) {
      throw systemError(error, temporary)
    }
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#hash.update(bytes)
    this.#size += bytes.length
    this.file.writeFile(bytes).then(
      () => {
        if (this.#size - this.#flushed >= flushEvery) this.#flush()
        done()
      },
      (error: unknown) => done(systemError(error, this.places.folder) as Error),
    )
  }

  /** Runs beside the writing. Its failure counts: the system tells of a failed write once, and the last sync might not hear of it. */
  #flush(): void {
    this.#flushed = this.#size
    this.#flushing = Promise.all([this.#flushing, this.file.datasync()]).then(() => {})
    this.#flushing.catch(() => {})
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
    let place: string
    try {
      await this.#flushing
      await this.file.sync()
      await this.file.close()
      place = await this.places.put(this.temporary, sha256)
    } catch (error) {
      await this.discard()
      throw systemError(error, this.places.folder)
    }
    this.destroy()
    return { sha256, size: this.#size, path: place }
  }

  /** Throws away what was written. */
  async discard(): Promise<void> {
    this.destroy()
    await this.#flushing?.catch(() => {})
    await this.file.close().catch(() => {})
    await unlink(this.temporary).catch(() => {})
  }
}
