import type { Socket } from 'node:net'

/**
 * What a server says of itself: its program, and its algorithms in the order of its preference. Ciphers and MACs are those for what it
 * sends to us; servers have the same for both directions.
 */
export interface ServerOffer {
  /** Its program, for example OpenSSH_9.2p1 Debian-2. */
  readonly program: string
  readonly 'key-exchange': readonly string[]
  readonly 'host-keys': readonly string[]
  readonly ciphers: readonly string[]
  readonly macs: readonly string[]
}

/** A server says more than this only when it is none. */
const MOST = 65_536
const KEXINIT = 20

/**
 * Reads along until the server has sent its lists, which come in the clear (RFC 4253, 4.2 and 7.1). ssh2 tells of them only by its debug
 * log, which would cost on every packet. To be called when someone else already reads from the socket.
 */
export function readOffer(socket: Socket): () => ServerOffer | undefined {
  let bytes = Buffer.alloc(0)
  let offer: ServerOffer | undefined
  const listen = (more: Buffer): void => {
    bytes = Buffer.concat([bytes, more])
    offer = parseOffer(bytes)
    if (offer !== undefined || bytes.length > MOST) socket.off('data', listen)
  }
  socket.on('data', listen)
  return () => offer
}

/** Undefined as long as not all of it is there, or when it is not what a server sends first. */
export function parseOffer(bytes: Buffer): ServerOffer | undefined {
  // Lines of greeting may come before the one with the version.
  const version = /(?:^|\n)SSH-[^-\n]*-(?<program>[^\n]*)\n/.exec(bytes.toString('latin1', 0, 16_384))
  if (version === null) return undefined
  const packet = bytes.subarray(version.index + version[0].length)
  // Length, padding length, message number, cookie of 16 bytes, then ten lists of names.
  if (packet.length < 6 || packet.length < 4 + packet.readUInt32BE(0) || packet[5] !== KEXINIT) return undefined
  const lists: string[][] = []
  for (let at = 22; lists.length < 6; ) {
    if (at + 4 > packet.length) return undefined
    const length = packet.readUInt32BE(at)
    const names = packet.toString('latin1', at + 4, at + 4 + length)
    lists.push(names === '' ? [] : names.split(',').map(printable))
    at += 4 + length
  }
  const [kex = [], hostKeys = [], , ciphers = [], , macs = []] = lists
  return {
    program: printable((version.groups?.program ?? '').trim()),
    // Some of these are no key exchange but flags (RFC 8308).
    'key-exchange': kex.filter((name) => !/^(ext-info|kex-strict)-/.test(name)),
    'host-keys': hostKeys,
    ciphers,
    macs,
  }
}

/** A name goes into messages, so nothing in it may move a cursor. */
const printable = (name: string): string => name.replace(/[^\x20-\x7e]/g, '?').slice(0, 64)
