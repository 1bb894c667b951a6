import { exchange, openX12Tools } from './x12-exchange.js'

// A process that pulls, reads and pushes, and kills itself, by SIGKILL, when it looks at the clock for the n-th time: between steps,
// between files, and within the transaction that queues an acknowledgment. Run by acknowledgments.test.ts.

const [folder = '', dieAt = ''] = process.argv.slice(2)
const tools = await openX12Tools(folder)
let looks = 0
const now = (): string => {
  looks += 1
  if (looks === Number(dieAt)) process.kill(process.pid, 'SIGKILL')
  return tools.now()
}
await exchange({ ...tools, now })
await tools.close()
process.stdout.write(`${looks} looks\n`)
