import { SeparatorFinder } from './separator-finder.js'

/** The part of a file that is in memory: what was pushed and not yet consumed. Grows only as far as one segment and one chunk need. */
export class ScanWindow {
  readonly finder = SeparatorFinder.take()
  bytes = this.finder.window
  /** How many bytes of `bytes` are filled. */
  filled = 0
  /** Offset in the file of byte 0 of the window. */
  fileOffset = 0
  #text: string | undefined
  #isOpen = true

  /** All of it, each byte a character. Made once, when the first segment is found. */
  get text(): string {
    this.#text ??= this.bytes.toString('latin1', 0, this.filled)
    return this.#text
  }

  /** What was found in it is gone, and nothing can be appended. */
  close(): void {
    if (this.#isOpen) this.finder.giveBack()
    this.#isOpen = false
  }

  /**
   * Appends the chunk. The `consumed` bytes before it are dropped where that costs less than they did, or where there is no room
   * else, so that a long segment in small chunks is not moved again and again.
   * @returns how many bytes were dropped: by so much what is in the window moved down
   * @throws when it was closed: another scanner may have its memory
   */
  append(chunk: Uint8Array, consumed: number): number {
    if (!this.#isOpen) throw new Error('no bytes follow the end of a file')
    const kept = this.filled - consumed
    const dropped = consumed >= kept || this.filled + chunk.length > this.bytes.length ? consumed : 0
    const needed = this.filled - dropped + chunk.length
    if (dropped > 0) this.bytes.copyWithin(0, dropped, this.filled)
    if (needed > this.bytes.length) {
      this.finder.grow(Math.max(this.bytes.length * 2, needed))
      this.bytes = this.finder.window
    }
    this.bytes.set(chunk, this.filled - dropped)
    this.filled += chunk.length - dropped
    this.fileOffset += dropped
    this.#text = undefined
    return dropped
  }
}
