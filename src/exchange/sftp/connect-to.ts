import { connect, type Socket } from 'node:net'

/** What is read goes into pieces of memory of so many bytes, one read after the other. */
const PIECE = 1024 * 1024
/** The next piece is begun when less than this is left in one. */
const LEAST = 128 * 1024

/** A connection, and what it reads into. */
export interface Line {
  readonly socket: Socket
  /**
   * Called while bytes are handed on: they are wanted for longer, and so may be those of the packet that began before them. Without it bytes stay as
   * they are until a piece more has come, which is what ssh2 needs for a packet that is not whole.
   */
  keep(): void
}

/**
 * Connects, and reads up to 1 MB at a time where Node by itself reads 64 KB: fast transfers take fewer reads, and fewer packets are split
 * between two of them. Two buffers are used in turn unless somebody keeps one: with a new buffer for each read V8 would collect garbage
 * all the time. Nagle's algorithm is off: with it small requests wait for each other, and transfers take many times as long.
 */
export function connectTo(host: string, port: number): Line {
  let piece: Buffer = Buffer.allocUnsafeSlow(PIECE)
  let used = 0
  let kept = false
  let before: Buffer | undefined
  const socket = connect({
    host,
    port,
    noDelay: true,
    // Of a name with several addresses the next one is tried so much later; by itself Node gives up on a server that is a quarter of a second away.
    autoSelectFamilyAttemptTimeout: 3000,
    onread: {
      buffer: () => piece.subarray(used),
      callback(length, buffer) {
        used += length
        // Whoever listens, listens as to any socket.
        socket.emit('data', buffer.subarray(0, length))
        if (PIECE - used < LEAST) {
          const free = kept ? undefined : before
          before = kept ? undefined : piece
          piece = free ?? Buffer.allocUnsafeSlow(PIECE)
          used = 0
          kept = false
        }
        return true
      },
    },
  })
  return {
    socket,
    keep: () => {
      kept = true
    },
  }
}
