/** Bytes of the largest packet that is taken, as in OpenSSH: what says it is larger is none. */
const LARGEST = 256 * 1024
/** Kind and number of the request. */
const LEAST = 5
/** Where the bytes of a file begin, after those and their length. */
const DATA_AT = 9

/** What a server sends is no SFTP. */
export class Malformed extends Error {}

/** Takes the bytes of files straight to where they belong. */
export interface Straight {
  /** Memory for what an answer of this kind to the request of this number brings; undefined where there is none. */
  room(kind: number, number: number): Buffer | undefined
  /** `bytes` of that memory have come, all that the answer has. */
  filled(number: number, bytes: Buffer): void
}

/** Cuts the bytes of a channel into packets (draft-ietf-secsh-filexfer-02, 3), however they come. */
export class Packets {
  readonly #length = Buffer.alloc(4)
  /** Bytes of the length that have come, while it is not whole. */
  #lengthBytes = 0
  /** The packet that comes, while it is not whole, or its bytes of a file. */
  #coming: Buffer | undefined
  #came = 0
  /** Bytes of it that come after those and say nothing. */
  #after = 0
  /** Of the request whose bytes go straight to their place. */
  #number: number | undefined

  /**
   * `take` gets each packet without its length field, except those whose bytes went straight to their place. A packet that came in one
   * piece is not copied.
   */
  constructor(
    private readonly take: (packet: Buffer) => void,
    private readonly straight?: Straight,
  ) {}

  /** @throws Malformed; nothing can be read after that */
  add(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; ) {
      if (this.#coming !== undefined) {
        at += this.#continue(this.#coming, bytes, at)
        continue
      }
      const whole = this.#lengthBytes === 0 && bytes.length - at >= 4
      if (!whole) {
        this.#length[this.#lengthBytes] = bytes[at] ?? 0
        this.#lengthBytes += 1
        at += 1
        if (this.#lengthBytes < 4) continue
        this.#lengthBytes = 0
      }
      const length = whole ? bytes.readUInt32BE(at) : this.#length.readUInt32BE(0)
      if (whole) at += 4
      if (length < LEAST || length > LARGEST) throw new Malformed(`a packet of ${length} bytes`)
      if (bytes.length - at >= length) {
        this.take(bytes.subarray(at, at + length))
        at += length
      } else at += this.#begin(length, bytes, at)
    }
  }

  /** @returns how many bytes of it are done with */
  #begin(length: number, bytes: Buffer, at: number): number {
    this.#came = 0
    const isKnown = this.straight !== undefined && bytes.length - at >= DATA_AT
    const number = isKnown ? bytes.readUInt32BE(at + 1) : 0
    const room = isKnown ? this.straight.room(bytes[at] ?? 0, number) : undefined
    const data = room === undefined ? 0 : bytes.readUInt32BE(at + LEAST)
    // Who asked refuses what is not whole, or more than was asked for.
    if (room === undefined || data === 0 || data > Math.min(room.length, length - DATA_AT)) {
      this.#coming = Buffer.allocUnsafe(length)
      return 0
    }
    this.#coming = room.subarray(0, data)
    this.#number = number
    this.#after = length - DATA_AT - data
    return DATA_AT
  }

  /** @returns how many bytes of it were in these */
  #continue(coming: Buffer, bytes: Buffer, at: number): number {
    const some = Math.min(coming.length - this.#came, bytes.length - at)
    bytes.copy(coming, this.#came, at, at + some)
    this.#came += some
    const passed = Math.min(this.#after, bytes.length - at - some)
    this.#after -= passed
    if (this.#came === coming.length && this.#after === 0) {
      const number = this.#number
      this.#coming = undefined
      this.#number = undefined
      if (number === undefined) this.take(coming)
      else this.straight?.filled(number, coming)
    }
    return some + passed
  }
}
