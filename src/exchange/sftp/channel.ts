import type { Socket } from 'node:net'
import type { SFTPWrapper } from 'ssh2'

/** What of ssh2's SFTP session is used once its server has said hello. Not in its types. */
interface OpenChannel {
  readonly incoming: { window: number }
  /** `packetSize`: bytes of one packet that the server takes. */
  readonly outgoing: { readonly id: number; readonly state: string; readonly packetSize: number; window: number }
  readonly _protocol: {
    channelData(channel: number, bytes: Buffer): void
    channelWindowAdjust(channel: number, bytes: number): void
  }
  /** What the server said it can do more than the protocol asks for. */
  readonly _extensions: Readonly<Record<string, string>>
  /** Bytes that one request may ask for, or bring. */
  readonly _maxReadLen: number
  readonly _maxWriteLen: number
  /** Called with the bytes of the channel, and with null at their end. */
  push(bytes: Buffer | null): void
  /** When the server lets us send again it unsets the first and calls the second. */
  _waitWindow: boolean
  _chunkcb: (() => void) | undefined
}

/** Bytes that are put together: one packet of those that every server takes (RFC 4254, 5.2, and OpenSSH's own limit). */
const PACKET = 32 * 1024
/** Twice what one transfer has under way, so that a server never waits for our leave to send. */
const WINDOW = 8 * 1024 * 1024

/**
 * The channel of an SFTP session that ssh2 has opened, taken over from it: bytes out, bytes in. A channel is a stream of bytes; where messages
 * begin and end does not depend on packets (draft-ietf-secsh-filexfer-02, 3).
 *
 * What is sent in one turn of the event loop goes out in as few packets as it fits, and in one write: to pad, encrypt and read a packet costs
 * both sides more than a request in it. And a server may have more under way than the 2 MB that ssh2 grants, which through a round trip of
 * 40 ms is 25 MB a second whatever the line could carry.
 */
export class Channel {
  readonly extensions: Readonly<Record<string, string>>
  readonly mostRead: number
  readonly mostWritten: number
  readonly #open: OpenChannel
  readonly #socket: Socket
  /** What is put together; used again and again, as a packet is a copy of it. */
  readonly #packed = Buffer.allocUnsafe(PACKET)
  #size = 0
  #due = false
  /** What the server does not take yet. */
  #waiting: Buffer[] = []

  /** `take` gets the bytes that come from now on. */
  constructor(sftp: SFTPWrapper, socket: Socket, take: (bytes: Buffer) => void) {
    const open = sftp as unknown as OpenChannel
    this.#open = open
    this.#socket = socket
    this.extensions = open._extensions
    this.mostRead = open._maxReadLen
    this.mostWritten = open._maxWriteLen
    const end = open.push.bind(open)
    open.push = (bytes) => {
      if (bytes === null) {
        end(null)
        return
      }
      take(bytes)
      this.#grant()
    }
    this.#grant()
  }

  /** `bytes` may be used again at once; `data`, which follow, when the server has answered. */
  send(bytes: Buffer, data?: Buffer): void {
    if (!this.#due) {
      this.#due = true
      this.#socket.cork()
      setImmediate(() => {
        this.#due = false
        // After the end nobody listens, and an encoder that was put away must not be asked.
        if (this.#socket.writable) this.#flush()
        this.#socket.uncork()
      })
    }
    this.#pack(bytes)
    if (data === undefined) return
    if (data.length < PACKET / 2) this.#pack(data)
    else {
      this.#flush()
      this.#put(data)
    }
  }

  #pack(bytes: Buffer): void {
    if (this.#size + bytes.length > PACKET) this.#flush()
    if (bytes.length > PACKET) {
      this.#put(Buffer.from(bytes))
      return
    }
    this.#packed.set(bytes, this.#size)
    this.#size += bytes.length
  }

  #flush(): void {
    if (this.#size === 0) return
    const bytes = this.#packed.subarray(0, this.#size)
    this.#size = 0
    const sent = this.#waiting.length === 0 ? this.#sendWhatMayGo(bytes) : 0
    if (sent < bytes.length) this.#waiting.push(Buffer.from(bytes.subarray(sent)))
  }

  #put(bytes: Buffer): void {
    const sent = this.#waiting.length === 0 ? this.#sendWhatMayGo(bytes) : 0
    if (sent < bytes.length) this.#waiting.push(bytes.subarray(sent))
  }

  #drain(): void {
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      const sent = this.#sendWhatMayGo(first)
      if (sent === first.length) this.#waiting.shift()
      else {
        this.#waiting[0] = first.subarray(sent)
        return
      }
    }
  }

  /** @returns how many bytes nobody has to think of any more */
  #sendWhatMayGo(bytes: Buffer): number {
    const { outgoing, _protocol: protocol } = this.#open
    let sent = 0
    while (sent < bytes.length) {
      if (outgoing.state !== 'open') return bytes.length
      if (outgoing.window === 0) {
        this.#open._waitWindow = true
        this.#open._chunkcb = () => {
          this.#open._chunkcb = undefined
          this.#drain()
        }
        return sent
      }
      const length = Math.min(bytes.length - sent, outgoing.window, outgoing.packetSize)
      outgoing.window -= length
      protocol.channelData(outgoing.id, bytes.subarray(sent, sent + length))
      sent += length
    }
    return sent
  }

  /** What is asked for bounds the memory, not this. */
  #grant(): void {
    const { incoming, outgoing, _protocol: protocol } = this.#open
    const more = WINDOW - incoming.window
    if (more < WINDOW / 4 || outgoing.state === 'closed') return
    incoming.window += more
    protocol.channelWindowAdjust(outgoing.id, more)
  }
}
