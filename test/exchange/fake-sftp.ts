import { EventEmitter } from 'node:events'
import type { Socket } from 'node:net'
import type { SFTPWrapper } from 'ssh2'
import type SftpClient from 'ssh2-sftp-client'
import { Session } from '../../src/exchange/sftp/session.js'

/** What ssh2 gives when an SFTP session is open, without a network: what is sent lies in `sent`, and what `push` gets has come. */
export class FakeSftp extends EventEmitter {
  readonly sent: Buffer[] = []
  readonly granted: number[] = []
  readonly incoming = { window: 2 * 1024 * 1024 }
  readonly outgoing = { id: 0, state: 'open', packetSize: 32 * 1024, window: 2 * 1024 * 1024 }
  readonly _protocol = {
    channelData: (_channel: number, bytes: Buffer) => this.sent.push(Buffer.from(bytes)),
    channelWindowAdjust: (_channel: number, bytes: number) => this.granted.push(bytes),
  }
  _extensions = { 'posix-rename@openssh.com': '1', 'fsync@openssh.com': '1', 'statvfs@openssh.com': '2' }
  _maxReadLen = 255 * 1024
  _maxWriteLen = 255 * 1024
  _waitWindow = false
  _chunkcb: (() => void) | undefined
  readonly socket = Object.assign(new EventEmitter(), {
    writable: true,
    destroyed: false,
    cork() {},
    uncork() {},
    destroy() {},
  }) as unknown as Socket

  push(bytes: Buffer | null): void {
    if (bytes === null) this.emit('end')
  }

  /** As ssh2 does when the server lets us send so much more. */
  allow(bytes: number): void {
    this.outgoing.window += bytes
    if (!this._waitWindow) return
    this._waitWindow = false
    this._chunkcb?.()
  }

  get wrapped(): SFTPWrapper {
    return this as unknown as SFTPWrapper
  }

  session(program = 'OpenSSH_9.2'): Session {
    const offer = { program } as unknown as NonNullable<ConstructorParameters<typeof Session>[4]['offer']>
    const client = new EventEmitter() as unknown as SftpClient
    const mask = (text: string): string => text
    return new Session('partner', client, this.wrapped, this.socket, { idleSeconds: 60, mask, keep() {}, offer })
  }
}

/** A message as it stands on the line. */
export function packet(kind: number, number: number, rest: Buffer): Buffer {
  const bytes = Buffer.alloc(9 + rest.length)
  bytes.writeUInt32BE(5 + rest.length, 0)
  bytes.writeUInt8(kind, 4)
  bytes.writeUInt32BE(number, 5)
  rest.copy(bytes, 9)
  return bytes
}

export function uint32(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * numbers.length)
  for (const [n, one] of numbers.entries()) bytes.writeUInt32BE(one, 4 * n)
  return bytes
}

export const withLength = (bytes: Buffer | string): Buffer =>
  Buffer.concat([uint32(Buffer.byteLength(bytes)), Buffer.from(bytes)])
