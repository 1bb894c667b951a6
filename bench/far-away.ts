import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A line to a server on this machine that takes half of `roundTrip` milliseconds each way. */
export async function farAway(target: number, roundTrip: number): Promise<{ readonly port: number; stop(): void }> {
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect({ port: target, host: '127.0.0.1', noDelay: true })
    near.setNoDelay(true)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from)
      // Timers of one length end in the order in which they were set.
      from.on('data', (bytes) => setTimeout(() => to.write(bytes), roundTrip / 2))
      from.on('close', () => setTimeout(() => to.destroy(), roundTrip / 2))
      from.on('error', () => {})
    }
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    stop() {
      for (const socket of open) socket.destroy()
      server.close()
    },
  }
}
