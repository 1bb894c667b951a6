import { createHash, type Hash } from 'node:crypto'
import { type FileHandle, open, unlink } from 'node:fs/promises'
import { Writable } from 'node:stream'
import { systemError } from '../errors/index.js'
import { FileThread } from './file-thread.js'

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
/** What comes after so many bytes is written and hashed on a thread of its own: to begin one takes some milliseconds. */
const LARGE = 16 * 1024 * 1024

/** Takes the bytes of one file, hashes them on the way, and puts them in their place when they are whole. */
export class ArchiveWriter extends Writable {
  /** Of what it holds, while there is no thread that writes. */
  #hash: Hash
  #thread: FileThread | undefined
  #size: number
  #flushed = 0
  /** Under way, or failed. */
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
    this.#take(bytes).then(
      () => done(),
      (error: unknown) => done(systemError(error, this.places.folder) as Error),
    )
  }

  async #take(bytes: Buffer): Promise<void> {
    const before = this.#size
    this.#size += bytes.length
    if (this.#thread !== undefined) await this.#thread.write(bytes)
    else {
      this.#hash.update(bytes)
      await this.file.writeFile(bytes)
      if (before < LARGE && this.#size >= LARGE) this.#thread = await FileThread.begin(this.file.fd, this.#size)
    }
    if (this.#size - this.#flushed >= flushEvery) this.#flush()
  }

  /**
   * Runs beside the writing, one at a time: it waits for the disk on one of the few threads that write as well. Its failure counts: the system
   * tells of a failed write once, and the last sync might not hear of it.
   */
  #flush(): void {
    if (this.#flushing !== undefined) return
    this.#flushed = this.#size
    this.#flushing = this.file.datasync().then(() => {
      this.#flushing = undefined
    })
    this.#flushing.catch(() => {})
  }

  /** Bytes it holds. */
  get size(): number {
    return this.#size
  }

  /**
   * Returns when all that was taken is in its file. Call when no write is under way. @returns SHA-256, hex.
   * @throws DISK-FULL, WORKSPACE-READ-ONLY
   */
  async written(): Promise<string> {
    if (this.#thread === undefined) return this.#hash.copy().digest('hex')
    return this.#thread.sha256().catch((error: unknown) => {
      throw systemError(error, this.places.folder)
    })
  }

  protected async closeFile(): Promise<void> {
    await this.#thread?.end()
    await this.file.close()
  }

  /** The last bytes it holds, so many at the most. Call when no write is under way. */
  async ending(length: number): Promise<Buffer> {
    await this.written()
    const start = Math.max(0, this.#size - length)
    const { buffer, bytesRead } = await this.file.read(Buffer.alloc(this.#size - start), 0, this.#size - start, start)
    return buffer.subarray(0, bytesRead)
  }

  /** Call after the last write has been taken: durable, bytes and name, when this returns. @throws DISK-FULL, WORKSPACE-READ-ONLY */
  async keep(): Promise<Archived> {
    let sha256: string
    let place: string
    try {
      sha256 = await this.written()
      await this.#flushing
      await this.file.sync()
      await this.closeFile()
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
    await this.closeFile().catch(() => {})
    await unlink(this.temporary).catch(() => {})
  }
}
