/**
 * A line with a long round trip and all the bandwidth there is: what comes in goes on in the same order, half a round trip later.
 * Usage: node bench/transfer.delay.js TARGET-PORT ROUND-TRIP-MS; prints the port it listens on
 */
import { connect, createServer } from 'node:net'

const [target, roundTrip] = process.argv.slice(2).map(Number)
/** Bytes under way before reading pauses: far more than any client or server keeps in flight. */
const MOST = 256 * 1024 * 1024

createServer((client) => {
  const server = connect({ port: target, host: '127.0.0.1', noDelay: true })
  client.setNoDelay(true)
  delayed(client, server)
  delayed(server, client)
}).listen(0, '127.0.0.1', function () {
  console.log(this.address().port)
})

function delayed(from, to) {
  const line = []
  let bytes = 0
  let isAwake = false
  const wake = (milliseconds) => {
    if (isAwake) return
    isAwake = true
    setTimeout(forward, Math.max(0, milliseconds))
  }
  const forward = () => {
    isAwake = false
    while (line.length > 0 && line[0].due <= performance.now()) {
      const { chunk } = line.shift()
      if (chunk === undefined) {
        to.end()
        return
      }
      to.write(chunk)
      bytes -= chunk.length
    }
    if (bytes < MOST) from.resume()
    if (line.length > 0) wake(line[0].due - performance.now())
  }
  const push = (chunk) => {
    line.push({ due: performance.now() + roundTrip / 2, chunk })
    wake(roundTrip / 2)
  }
  from.on('data', (chunk) => {
    bytes += chunk.length
    if (bytes >= MOST) from.pause()
    push(chunk)
  })
  from.on('end', () => push(undefined))
  from.on('error', () => to.destroy())
}
