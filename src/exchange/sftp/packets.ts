/** Bytes of the largest packet that is taken, as in OpenSSH: what says it is larger is none. */
const LARGEST = 256 * 1024
/** Kind and number of the request. */
const LEAST = 5

/** What a server sends is no SFTP. */
export class Malformed extends Error {}

/** Cuts the bytes of a channel into packets (draft-ietf-secsh-filexfer-02, 3), however they come. */
export class Packets {
  readonly #length = Buffer.alloc(4)
  /** Bytes of the length that have come, while it is not whole. */
  #lengthBytes = 0
  /** The packet that comes, while it is not whole. */
  #coming: Buffer | undefined
  #came = 0

  /** `take` gets each packet without its length. One that lies in the bytes whole is not copied. */
  constructor(private readonly take: (packet: Buffer) => void) {}

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
      } else {
        this.#coming = Buffer.allocUnsafe(length)
        this.#came = 0
      }
    }
  }

  /** @returns how many bytes of it were in these */
  #continue(packet: Buffer, bytes: Buffer, at: number): number {
    const some = Math.min(packet.length - this.#came, bytes.length - at)
    bytes.copy(packet, this.#came, at, at + some)
    this.#came += some
    if (this.#came === packet.length) {
      this.#coming = undefined
      this.take(packet)
    }
    return some
  }
}
