import { createServer } from 'node:net'

/** A port that nobody listens at just now. */
export async function freePort(host: string): Promise<number> {
  const listener = createServer()
  await new Promise<void>((resolve) => listener.listen(0, host, resolve))
  const address = listener.address()
  await new Promise((resolve) => listener.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
