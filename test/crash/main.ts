import { parseArgs } from 'node:util'
import { killedNights } from './killed-nights.js'
import { whyNoStrace } from './strace.js'
import { sweepSystemCalls } from './system-call-sweep.js'

const usage = `npm run test:crash -- [--kills N] [--side-by-side N] [--seed N]
npm run test:crash -- --sweep [--points N]

The built command line runs nights against a real OpenSSH server, is killed with SIGKILL and started again, until it was killed
--kills times (1000). Each night is then compared with an undisturbed one: files, documents, exceptions, loads, deliveries and
acknowledgments, nothing lost and nothing doubled. Ends with 1 on any difference.

--sweep lets system calls kill the night (by strace) or fail as on a full disk, --points of each kind (25).`

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    'side-by-side': { type: 'string', default: '2' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    sweep: { type: 'boolean', default: false },
    points: { type: 'string', default: '25' },
    help: { type: 'boolean', default: false },
  },
})
const say = (line: string): void => console.log(line)

if (values.help) say(usage)
else process.exitCode = (await differentNights()) === 0 ? 0 : 1

function differentNights(): Promise<number> {
  if (values.sweep) {
    const why = whyNoStrace()
    if (why !== undefined) throw new Error(why)
    return sweepSystemCalls({ points: wholeNumber(values.points), say })
  }
  return killedNights({
    kills: wholeNumber(values.kills),
    sideBySide: wholeNumber(values['side-by-side']),
    seed: wholeNumber(values.seed),
    say,
  })
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Error(`"${text}" is not a whole number from 1 on\n\n${usage}`)
  return Number(text)
}
