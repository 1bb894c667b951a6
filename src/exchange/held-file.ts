import { createHash } from 'node:crypto'
import { Writable } from 'node:stream'
import type { Archived } from './archive-writer.js'
import type { SmallFile } from './together-file.js'

/** A file of up to so many bytes is held until it is kept: to open, write and sync a file of its own takes longer than its bytes do. */
export const LARGEST_HELD = 64 * 1024

/** Where it goes then. */
export interface SmallPlaces {
  /** @returns a file with its bytes, when they will last */
  keep(file: SmallFile): Promise<string>
}

/** Takes the bytes of one small file and hands them to the archive when they are whole. */
export class HeldFile extends Writable {
  readonly #parts: Buffer[] = []
  #size = 0

  constructor(private readonly smallFiles: SmallPlaces) {
    super({ decodeStrings: true })
    // Failures reach the one who writes through the callback of write.
    this.on('error', () => {})
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#size += bytes.length
    // One that outgrew what it was listed with is counted and not held: it is refused for its size.
    if (this.#size <= LARGEST_HELD) this.#parts.push(bytes)
    done()
  }

  /** Bytes that came. */
  get size(): number {
    return this.#size
  }

  /** The last bytes it holds, so many at the most. */
  async ending(length: number): Promise<Buffer> {
    return this.#bytes().subarray(-length)
  }

  /** Call after the last write has been taken: durable, bytes and name, when this returns. @throws DISK-FULL, WORKSPACE-READ-ONLY */
  async keep(): Promise<Archived> {
    const bytes = this.#bytes()
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const path = await this.smallFiles.keep({ sha256, bytes })
    return { sha256, size: bytes.length, path }
  }

  /** Throws away what came. */
  async discard(): Promise<void> {
    this.#parts.length = 0
  }

  #bytes(): Buffer {
    const [first] = this.#parts
    return this.#parts.length === 1 && first !== undefined ? first : Buffer.concat(this.#parts)
  }
}
