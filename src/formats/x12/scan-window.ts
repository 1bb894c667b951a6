const FIRST_CAPACITY = 128 * 1024

/** The part of a file that is in memory: what was pushed and not yet consumed. Grows only as far as one segment and one chunk need. */
export class ScanWindow {
  bytes = Buffer.allocUnsafe(FIRST_CAPACITY)
  /** How many bytes of `bytes` are filled. */
  filled = 0
  /** Offset in the file of byte 0 of the window. */
  fileOffset = 0
  #text: string | undefined

  /** All of it, each byte a character. Made once, when the first segment is found. */
  get text(): string {
    this.#text ??= this.bytes.toString('latin1', 0, this.filled)
    return this.#text
  }

  /**
   * Appends the chunk. The `consumed` bytes before it are dropped where that costs less than they did, or where there is no room
   * else, so that a long segment in small chunks is not moved again and again.
   * @returns how many bytes were dropped: by so much what is in the window moved down
   */
  append(chunk: Uint8Array, consumed: number): number {
    const kept = this.filled - consumed
    const dropped = consumed >= kept || this.filled + chunk.length > this.bytes.length ? consumed : 0
    const needed = this.filled - dropped + chunk.length
    if (needed > this.bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, needed))
      this.bytes.copy(larger, 0, dropped, this.filled)
      this.bytes = larger
    } else if (dropped > 0) {
      this.bytes.copyWithin(0, dropped, this.filled)
    }
    this.bytes.set(chunk, this.filled - dropped)
    this.filled += chunk.length - dropped
    this.fileOffset += dropped
    this.#text = undefined
    return dropped
  }
}
