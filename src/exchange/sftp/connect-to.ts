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
 * Connects, to read up to 1 MB at a time where Node by itself reads 64 KB: what comes fast comes in a fraction of the reads, and fewer packets lie across
 * two of them. Two pieces are used in turn while nobody keeps them: new ones for all that comes would have V8 collect garbage all the time. It sends
 * without delay: with Nagle's algorithm small requests wait for each other and transfers take many times as long.
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
