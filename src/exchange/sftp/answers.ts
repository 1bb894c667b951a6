import { Malformed } from './packets.js'

/** Kinds of what a server sends (draft-ietf-secsh-filexfer-02, 3). */
export const AnswerKind = { status: 101, handle: 102, data: 103, names: 104, attributes: 105, extended: 201 } as const

/** What a server tells of a file; it may leave out any of it. */
export interface Attributes {
  readonly size: number | undefined
  /** Kind and permissions, as in POSIX. */
  readonly mode: number | undefined
  /** Last modification, seconds since 1970. */
  readonly modified: number | undefined
}

export interface Named {
  readonly name: string
  /** The line for people. */
  readonly line: string
  readonly attributes: Attributes
}

/** In blocks. */
export interface Space {
  readonly blockSize: bigint
  /** For us. */
  readonly free: bigint
}

/** `code`: see status.ts. */
export interface Answered {
  readonly code: number
  /** '' where the server says nothing: some leave it out. */
  readonly message: string
}

/** After kind and number. */
const REST_AT = 5

export const kindOf = (packet: Buffer): number => packet[0] ?? 0
export const numberOf = (packet: Buffer): number => packet.readUInt32BE(1)

// What each says beyond what is read here is passed over.

export function readStatus(packet: Buffer): Answered {
  const rest = new Rest(packet)
  const code = rest.number()
  return { code, message: rest.holdsBytes ? rest.bytes().toString('utf8') : '' }
}

export const readData = (packet: Buffer): Buffer => new Rest(packet).bytes()
/** A copy: while a file is open, its handle does not keep all that came with it. */
export const readHandle = (packet: Buffer): Buffer => Buffer.from(readData(packet))
export const readAttributes = (packet: Buffer): Attributes => new Rest(packet).attributes()

/** What stands for names when there are no more. */
export const NO_MORE: readonly Named[] = []

export function readNames(packet: Buffer): readonly Named[] {
  const rest = new Rest(packet)
  const names: Named[] = []
  for (let left = rest.number(); left > 0; left -= 1) {
    const [name, line] = [rest.bytes().toString('utf8'), rest.bytes().toString('utf8')]
    names.push({ name, line, attributes: rest.attributes() })
  }
  return names
}

export function readSpace(packet: Buffer): Space {
  const rest = new Rest(packet)
  // f_bsize, f_frsize, f_blocks, f_bfree, f_bavail; six more follow.
  const facts = Array.from({ length: 11 }, () => rest.long())
  return { blockSize: facts[1] ?? 0n, free: facts[4] ?? 0n }
}

/** Of a packet, what is not read yet. Each method throws Malformed where less is left than it needs. */
class Rest {
  #at = REST_AT
  constructor(private readonly packet: Buffer) {}

  get holdsBytes(): boolean {
    const left = this.packet.length - this.#at - 4
    return left >= 0 && this.packet.readUInt32BE(this.#at) <= left
  }

  number(): number {
    return this.packet.readUInt32BE(this.#take(4))
  }

  long(): bigint {
    return this.packet.readBigUInt64BE(this.#take(8))
  }

  /** With their length before them. */
  bytes(): Buffer {
    const length = this.number()
    const from = this.#take(length)
    return this.packet.subarray(from, from + length)
  }

  attributes(): Attributes {
    const flags = this.number()
    const size = (flags & 1) === 0 ? undefined : this.number() * 2 ** 32 + this.number()
    // Numbers of owner and group.
    if ((flags & 2) !== 0) this.#take(8)
    const mode = (flags & 4) === 0 ? undefined : this.number()
    const times = (flags & 8) === 0 ? undefined : this.#take(8)
    const modified = times === undefined ? undefined : this.packet.readUInt32BE(times + 4)
    if (flags >>> 31 === 1) for (let left = this.number(); left > 0; left -= 1) this.#passPair()
    return { size, mode, modified }
  }

  #passPair(): void {
    this.bytes()
    this.bytes()
  }

  /** @returns where they begin */
  #take(length: number): number {
    const from = this.#at
    if (length > this.packet.length - from) throw new Malformed(`an answer of ${this.packet.length} bytes is cut off`)
    this.#at = from + length
    return from
  }
}
