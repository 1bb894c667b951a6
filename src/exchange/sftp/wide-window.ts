import type { SFTPWrapper } from 'ssh2'

/** What of ssh2 counts the bytes that a server may still send. Not in its types. */
interface Receiver {
  readonly incoming: { window: number }
  readonly outgoing: { readonly id: number; readonly state: string }
  readonly _protocol: { channelWindowAdjust(channel: number, bytes: number): void }
  push(bytes: Buffer | null): boolean
}

/** Twice what one transfer has under way, so that a server never waits for our leave to send. */
const WINDOW = 8 * 1024 * 1024

/**
 * Lets a server have more bytes under way (RFC 4254, 5.2). ssh2 grants 2 MB, and more only when half are used up: through a round trip of 40 ms
 * that is 25 MB a second, whatever the line could carry. What is asked for bounds the memory, not this.
 */
export function widenWindow(sftp: SFTPWrapper): void {
  const receiver = sftp as unknown as Receiver
  const take = receiver.push.bind(receiver)
  const grant = (): void => {
    const more = WINDOW - receiver.incoming.window
    if (more < WINDOW / 4 || receiver.outgoing.state === 'closed') return
    receiver.incoming.window += more
    receiver._protocol.channelWindowAdjust(receiver.outgoing.id, more)
  }
  receiver.push = (bytes) => {
    const isTaken = take(bytes)
    if (bytes !== null) grant()
    return isTaken
  }
  grant()
}
