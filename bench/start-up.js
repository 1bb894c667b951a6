// How long a command takes to answer, beside the bare start of Node, in turn, so that both see the same machine.
import { spawnSync } from 'node:child_process'
import path from 'node:path'

const matchbook = path.join(import.meta.dirname, '..', 'bin', 'run.js')
const ways = {
  'node -e 0': ['-e', '0'],
  'matchbook --version': [matchbook, '--version'],
  'matchbook --help': [matchbook, '--help'],
  'matchbook explain INV-PRICE': [matchbook, 'explain', 'INV-PRICE'],
}
const ROUNDS = 21
const times = Object.fromEntries(Object.keys(ways).map((name) => [name, []]))

for (let round = 0; round < ROUNDS; round++) {
  for (const [name, args] of Object.entries(ways)) {
    const began = process.hrtime.bigint()
    const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' })
    if (status !== 0) throw new Error(`${name} ended with ${status}`)
    times[name].push(Number(process.hrtime.bigint() - began) / 1e6)
  }
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]
const bare = median(times['node -e 0'])
console.log(`start-up, median of ${ROUNDS} rounds in turn`)
for (const [name, list] of Object.entries(times)) {
  console.log(
    `  ${name.padEnd(30)} ${median(list).toFixed(0).padStart(5)} ms   ${(median(list) / bare).toFixed(2)} x bare Node`,
  )
}
