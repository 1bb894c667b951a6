import { createHash, type Hash } from 'node:crypto'
import { type FileHandle, open, unlink } from 'node:fs/promises'
import { Writable } from 'node:stream'
import { systemError } from '../errors/index.js'
import { FileThread, TOLD_EVERY } from './file-thread.js'
import type { RoomySink } from './roomy-sink.js'

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
/**
 * A file of at least so many bytes is written and hashed on a thread of its own; where its size is not known, the thread begins after so
 * many. For smaller files a thread is not worth the milliseconds that it takes to begin.
 */
const LARGE = 16 * 1024 * 1024

/** Takes the bytes of one file, hashes them on the way, and puts them in their place when they are whole. */
export class ArchiveWriter extends Writable implements RoomySink {
  /** Of what it holds, while there is no thread that writes. */
  #hash: Hash
  #thread: FileThread | undefined
  /** The thread, where it takes all bytes from the first on. */
  #roomy: FileThread | undefined
  #size: number
  #passed: number
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
    this.#passed = before.size
    this.#hash = before.hash
    // Failures reach the one who writes through the callback of write.
    this.on('error', () => {})
  }

  /** @param expected bytes that the file will have, where that is known */
  static async open(temporary: string, places: Places, expected = 0): Promise<ArchiveWriter> {
    try {
      const writer = new ArchiveWriter(await open(temporary, 'wx+', 0o400), temporary, places)
      await writer.expect(expected)
      return writer
    } catch (error) {
      throw systemError(error, temporary)
    }
  }

  /** To be called before the first byte comes. */
  protected async expect(size: number): Promise<void> {
    if (size < LARGE) return
    await this.#beginThread()
    this.#roomy = this.#thread
  }

  async #beginThread(): Promise<void> {
    this.#thread = await FileThread.begin(this.file.fd, this.#size, (size, sha256) => this.passed(size, sha256))
  }

  /** Told now and then: so many bytes are in the file, and their SHA-256, hex. */
  protected passed(_size: number, _sha256: string): void {}

  get hasRoom(): boolean {
    return this.#roomy !== undefined
  }

  async room(length: number): Promise<Buffer> {
    if (this.#roomy === undefined) throw new Error('there is no room in what is written')
    return this.#roomy.room(length).catch((error: unknown) => {
      throw systemError(error, this.places.folder)
    })
  }

  filled(length: number): void {
    this.#roomy?.filled(length)
    this.#size += length
    this.#flushWhenDue()
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
      if (this.#size - this.#passed >= TOLD_EVERY) {
        this.#passed = this.#size
        this.passed(this.#size, this.#hash.copy().digest('hex'))
      }
      if (before < LARGE && this.#size >= LARGE) await this.#beginThread()
    }
    this.#flushWhenDue()
  }

  /**
   * Runs beside the writing, one at a time: it waits for the disk on one of the few threads that write as well. Its failure counts: the system
   * tells of a failed write once, and the last sync might not hear of it.
   */
  #flushWhenDue(): void {
    if (this.#size - this.#flushed < flushEvery || this.#flushing !== undefined) return
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
