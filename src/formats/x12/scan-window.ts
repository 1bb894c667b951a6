import { isAscii } from 'node:buffer'
import type { Window } from './segment.js'

const FIRST_CAPACITY = 128 * 1024

/** The part of a file that is in memory: what was pushed and not yet consumed. Grows only as far as one segment and one chunk need. */
export class ScanWindow implements Window {
  bytes = Buffer.allocUnsafe(FIRST_CAPACITY)
  /** How many bytes of `bytes` are filled. */
  filled = 0
  /** Offset in the file of byte 0 of the window. */
  fileOffset = 0
  #text: string | undefined
  #ascii: boolean | undefined

  get text(): string {
    this.#text ??= this.bytes.toString('latin1', 0, this.filled)
    return this.#text
  }

  get ascii(): boolean {
    this.#ascii ??= isAscii(this.bytes.subarray(0, this.filled))
    return this.#ascii
  }

  /** Drops the bytes before `from` and appends the chunk. */
  advance(from: number, chunk: Uint8Array): void {
    const kept = this.filled - from
    if (kept + chunk.length > this.bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, kept + chunk.length))
      this.bytes.copy(larger, 0, from, this.filled)
      this.bytes = larger
    } else {
      this.bytes.copyWithin(0, from, this.filled)
    }
    this.bytes.set(chunk, kept)
    this.filled = kept + chunk.length
    this.fileOffset += from
    this.#text = undefined
    this.#ascii = undefined
  }
}
