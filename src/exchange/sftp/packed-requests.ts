import type { Socket } from 'node:net'
import type { SFTPWrapper } from 'ssh2'

/** What of ssh2 sends a channel's bytes in one packet; it counts the server's window before it calls it. Not in its types. */
interface ChannelSender {
  channelData(channel: number, bytes: Buffer): void
}

/** Bytes of one packet that every server takes (RFC 4254, 5.2, and OpenSSH's own limit). */
const PACKET = 32 * 1024

/**
 * What is asked in one turn of the event loop goes out in as few packets as it fits, and in one write. ssh2 sends each request in a
 * packet of its own; to pad, encrypt and read such a packet costs both sides more than the request in it. A channel is a stream of bytes:
 * where requests begin and end does not depend on packets (draft-ietf-secsh-filexfer-02, 3).
 */
export function packRequests(sftp: SFTPWrapper, socket: Socket): void {
  const sender = (sftp as unknown as { readonly _protocol: ChannelSender })._protocol
  const send = sender.channelData.bind(sender)
  let waiting: Buffer[] = []
  let size = 0
  let due = false

  const flush = (channel: number): void => {
    if (size === 0) return
    const bytes = waiting.length === 1 && waiting[0] !== undefined ? waiting[0] : Buffer.concat(waiting, size)
    waiting = []
    size = 0
    send(channel, bytes)
  }
  // One session has one channel.
  sender.channelData = (channel, bytes) => {
    if (!due) {
      due = true
      socket.cork()
      setImmediate(() => {
        due = false
        // After the end nobody listens, and an encoder that was put away must not be asked.
        if (socket.writable) flush(channel)
        socket.uncork()
      })
    }
    if (size + bytes.length > PACKET) flush(channel)
    if (bytes.length >= PACKET / 2) {
      flush(channel)
      send(channel, bytes)
      return
    }
    waiting.push(bytes)
    size += bytes.length
  }
}
