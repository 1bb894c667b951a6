import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A line to a server on loopback that can be cut or go silent. */
export interface FaultyProxy {
  readonly port: number
  /** How often a client connected. */
  connections(): number
  /** Bytes that clients sent. */
  received(): number
  /** After so many more bytes to the client: `cut` resets the connection, once; `stall` forwards nothing more. */
  after(bytes: number, fault: 'cut' | 'stall'): void
  stop(): Promise<void>
}

/** @param delay milliseconds by which what the server says comes later */
export async function startFaultyProxy(target: number, delay = 0): Promise<FaultyProxy> {
  let fault: { left: number; kind: 'cut' | 'stall' } | undefined
  let count = 0
  let received = 0
  const open = new Set<Socket>()
  const keep = (socket: Socket): void => {
    open.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => open.delete(socket))
  }
  const server = createServer((client) => {
    count += 1
    const upstream = connect({ port: target, host: '127.0.0.1', noDelay: true })
    client.setNoDelay(true)
    keep(client)
    keep(upstream)
    const isFaulty = (bytes: number): boolean => {
      if (fault === undefined) return false
      fault.left -= bytes
      if (fault.left > 0) return false
      if (fault.kind === 'cut') {
        fault = undefined
        client.resetAndDestroy()
        upstream.destroy()
      }
      return true
    }
    client.on('data', (bytes) => {
      received += bytes.length
      if (!isFaulty(0)) upstream.write(bytes)
    })
    upstream.on('data', (bytes) => {
      if (isFaulty(bytes.length)) return
      if (delay === 0) client.write(bytes)
      else setTimeout(() => client.write(bytes), delay)
    })
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => count,
    received: () => received,
    after(bytes, kind) {
      fault = { left: bytes, kind }
    },
    async stop() {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
